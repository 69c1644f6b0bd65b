import type { Child } from 'hono/jsx'
import { type FormDraft, textIn } from './form.ts'
import { HiddenFields } from './lists.tsx'
import type { View } from './view.ts'

type FieldProps = {
  name: string
  /** Where the name stands more than once on a page. */
  id?: string
  label: string
  hint?: string | undefined
  /** What was typed so far and what is wrong with it; or `value` and `problem` one by one. */
  draft?: FormDraft
  value?: string | undefined
  problem?: string | undefined
  maxlength?: number
  required?: boolean
  class?: string
}

/** A labelled input; `hint` and `problem` belong to it for a screen reader too. */
export function Field(
  props: FieldProps & {
    type?: 'text' | 'email' | 'password' | 'date' | 'month' | 'datetime-local' | 'number' | 'file'
    autocomplete?: string
    inputmode?: 'numeric' | 'email'
    min?: string
    max?: string
    accept?: string
    autofocus?: boolean
    readonly?: boolean
  },
) {
  const { name, type = 'text' } = props
  return (
    <Labelled {...props}>
      <input
        id={props.id ?? name}
        name={name}
        type={type}
        value={type === 'file' ? undefined : typedIn(props)}
        autocomplete={props.autocomplete ?? 'off'}
        inputmode={props.inputmode}
        maxlength={props.maxlength}
        min={props.min}
        max={props.max}
        accept={props.accept}
        required={props.required ?? true}
        autofocus={props.autofocus}
        readonly={props.readonly}
        {...described(props)}
      />
    </Labelled>
  )
}

/** A labelled box for several lines. */
export function TextArea(props: FieldProps & { rows?: number }) {
  return (
    <Labelled {...props}>
      <textarea
        id={props.id ?? props.name}
        name={props.name}
        rows={props.rows ?? 3}
        maxlength={props.maxlength}
        required={props.required ?? true}
        {...described(props)}
      >
        {typedIn(props)}
      </textarea>
    </Labelled>
  )
}

/** A labelled choice of one. */
export function Choice(
  props: Omit<FieldProps, 'value'> & {
    options: readonly { value: string; label: string }[]
    value?: string | null
  },
) {
  const chosen = props.value ?? (props.draft === undefined ? '' : textIn(props.draft, props.name))
  return (
    <Labelled {...props} value={undefined}>
      <select
        id={props.id ?? props.name}
        name={props.name}
        {...described({ ...props, value: undefined })}
      >
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === chosen}>
            {option.label}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

/** A group of boxes to tick. */
export function Ticks(props: {
  legend: string
  hint?: string
  name: string
  options: readonly { id: string; name: string }[]
  chosen: readonly string[]
}) {
  const { legend, hint, name, options, chosen } = props
  return (
    <fieldset>
      <legend>{legend}</legend>
      {hint !== undefined && <p class="hint">{hint}</p>}
      <div class="ticks">
        {options.map((option) => (
          <label class="check">
            <input
              type="checkbox"
              name={name}
              value={option.id}
              checked={chosen.includes(option.id)}
            />
            <span>{option.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The button of a form, with what stands beside it. */
export function Submit({ children, beside }: { children: Child; beside?: Child }) {
  return (
    <div class="actions">
      <button class="button" type="submit">
        {children}
      </button>
      {beside}
    </div>
  )
}

/** A button that does one thing, without anything to fill in. `fields`: what is sent. `again`: it gives a file, and can be pressed again. */
export function PostButton(props: {
  action: string
  fields?: Readonly<Record<string, string>>
  main?: boolean
  again?: boolean
  hint?: string | undefined
  children: Child
}) {
  return (
    <form method="post" action={props.action}>
      <HiddenFields values={props.fields ?? {}} />
      <button
        class={props.main === true ? 'button' : 'button plain'}
        type="submit"
        data-again={props.again === true ? '' : undefined}
      >
        {props.children}
      </button>
      {props.hint !== undefined && <small class="hint">{props.hint}</small>}
    </form>
  )
}

/** What cannot be undone: the first press says what will happen, the second does it. It needs no script. */
export function Confirm({
  label,
  what,
  children,
}: {
  label: string
  what: string
  children: Child
}) {
  return (
    <details class="confirm">
      <summary class="button plain">{label}</summary>
      <div>
        <p>{what}</p>
        {children}
      </div>
    </details>
  )
}

/** All that is wrong with a form, above it, each leading to its field; nothing where all is well. */
export function ErrorSummary({ view, draft }: { view: View; draft: FormDraft }) {
  const problems = Object.entries(draft.problems)
  if (problems.length === 0) return null
  return (
    <div class="alert problem" role="alert">
      <p>{view.t('console.formProblems')}</p>
      <ul>
        {problems.map(([name, words]) => (
          <li>
            <a href={`#${name}`}>{words}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Labelled(props: FieldProps & { children: Child }) {
  const { label, hint, id = props.name } = props
  const problem = problemOf(props)
  return (
    <p class={props.class === undefined ? 'field' : `field ${props.class}`}>
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
      {props.children}
      {problem !== undefined && (
        <strong id={`${id}-problem`} class="problem">
          {problem}
        </strong>
      )}
    </p>
  )
}

type Filled = Pick<FieldProps, 'name' | 'id' | 'hint' | 'draft' | 'value' | 'problem'>

function typedIn({ name, draft, value }: Filled): string | undefined {
  return value ?? (draft === undefined ? undefined : textIn(draft, name))
}

function problemOf({ name, draft, problem }: Filled) {
  return problem ?? draft?.problems[name]
}

function described(props: Filled) {
  const { hint, id = props.name } = props
  const problem = problemOf(props)
  const ids = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ')
  return {
    'aria-invalid': problem === undefined ? undefined : ('true' as const),
    'aria-describedby': ids === '' ? undefined : ids,
  }
}
