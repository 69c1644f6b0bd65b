import type { Child } from 'hono/jsx'

/** A labelled input; `hint` and `problem` belong to it for a screen reader too. */
export function Field(props: {
  name: string
  label: string
  type?: 'text' | 'email' | 'password'
  value?: string
  hint?: string
  problem?: string | undefined
  autocomplete?: string
  inputmode?: 'numeric' | 'email'
  maxlength?: number
  required?: boolean
  autofocus?: boolean
  readonly?: boolean
}) {
  const { name, label, hint, problem } = props
  const described = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(' ')
  return (
    <p class="field">
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <small id={`${name}-hint`} class="hint">
          {hint}
        </small>
      )}
      <input
        id={name}
        name={name}
        type={props.type ?? 'text'}
        value={props.value}
        autocomplete={props.autocomplete ?? 'off'}
        inputmode={props.inputmode}
        maxlength={props.maxlength}
        required={props.required ?? true}
        autofocus={props.autofocus}
        readonly={props.readonly}
        aria-invalid={problem === undefined ? undefined : 'true'}
        aria-describedby={described === '' ? undefined : described}
      />
      {problem !== undefined && (
        <strong id={`${name}-problem`} class="problem">
          {problem}
        </strong>
      )}
    </p>
  )
}

/** A labelled choice of one. */
export function Choice(props: {
  name: string
  label: string
  options: readonly { value: string; label: string }[]
  value?: string | null
  hint?: string
}) {
  const { name, label, hint } = props
  return (
    <p class="field">
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <small id={`${name}-hint`} class="hint">
          {hint}
        </small>
      )}
      <select
        id={name}
        name={name}
        aria-describedby={hint === undefined ? undefined : `${name}-hint`}
      >
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === (props.value ?? '')}>
            {option.label}
          </option>
        ))}
      </select>
    </p>
  )
}

/** What a form came to, said at once by a screen reader. */
export function Alert({ tone, children }: { tone: 'problem' | 'done'; children: Child }) {
  return (
    <p class={`alert ${tone}`} role={tone === 'problem' ? 'alert' : 'status'}>
      {children}
    </p>
  )
}

/** What stands where a list would be. */
export function Empty({ title, children }: { title: string; children?: Child }) {
  return (
    <div class="empty">
      <p>
        <b>{title}</b>
      </p>
      {children !== undefined && <p>{children}</p>}
    </div>
  )
}

/** The head of a page: its name, a line of what it is for, and its main action at the side. */
export function PageHeader({
  title,
  lead,
  children,
}: {
  title: string
  lead?: string
  children?: Child
}) {
  return (
    <div class="head">
      <div>
        <h1>{title}</h1>
        {lead !== undefined && <p class="lead">{lead}</p>}
      </div>
      {children}
    </div>
  )
}
