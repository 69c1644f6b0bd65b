import type { Child } from 'hono/jsx'
import { type FormDraft, textIn, textsIn } from './form.ts'
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
  readonly?: boolean
  /** The language that is written in it, where it is not the page's. */
  lang?: string
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
  },
) {
  const { name, type = 'text' } = props
  return (
    <Labelled {...props}>
      <input
        id={props.id ?? name}
        name={name}
        type={type}
        value={type === 'file' || type === 'password' ? undefined : typedIn(props)}
        autocomplete={props.autocomplete ?? 'off'}
        inputmode={props.inputmode}
        maxlength={props.maxlength}
        min={props.min}
        max={props.max}
        accept={props.accept}
        required={props.required ?? true}
        autofocus={props.autofocus ?? isFirstWrong(props)}
        readonly={props.readonly}
        lang={props.lang}
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
        readonly={props.readonly}
        lang={props.lang}
        autofocus={isFirstWrong(props)}
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
        autofocus={isFirstWrong({ ...props, value: undefined })}
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

/** A choice of one of the programme's districts, or of the whole city (an empty value). */
export function DistrictChoice({
  t,
  places,
  label = t('console.district'),
  ...props
}: Omit<FieldProps, 'value' | 'name' | 'label'> & {
  t: View['t']
  places: readonly { id: string; name: string }[]
  label?: string
  value?: string | null
}) {
  const options = [
    { value: '', label: t('console.wholeCity') },
    ...places.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return <Choice {...props} name="district" label={label} options={options} />
}

/** One box to tick, or, as `radio`, one of several. */
export function Check(props: {
  name: string
  /** `1` where it is not given. */
  value?: string
  id?: string
  radio?: true | undefined
  checked: boolean
  autofocus?: boolean | undefined
  children: Child
}) {
  return (
    <label class="check">
      <input
        type={props.radio === true ? 'radio' : 'checkbox'}
        id={props.id}
        name={props.name}
        value={props.value ?? '1'}
        checked={props.checked}
        autofocus={props.autofocus}
      />
      <span>{props.children}</span>
    </label>
  )
}

/** A group of boxes to tick, or, as `radio`, a choice of one of them. The first has the name as its id. */
export function Ticks(props: {
  legend: string
  hint?: string | undefined
  name: string
  id?: string
  options: readonly { id: string; name: string; hint?: string | undefined }[]
  /** What was ticked so far and what is wrong with it; or `chosen` by itself. */
  draft?: FormDraft
  chosen?: readonly string[]
  radio?: true
  class?: string
}) {
  const { legend, hint, name, options, id = name, draft } = props
  const chosen = props.chosen ?? (draft === undefined ? [] : textsIn(draft, name))
  const problem = draft?.problems[name]
  return (
    <fieldset
      aria-describedby={described({ name, id, hint, draft })['aria-describedby']}
      class={props.class}
    >
      <legend>{legend}</legend>
      {hint !== undefined && (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
      {problem !== undefined && (
        <strong id={`${id}-problem`} class="problem">
          {problem}
        </strong>
      )}
      <div class="ticks">
        {options.map((option, index) => (
          <Check
            name={name}
            value={option.id}
            id={index === 0 ? id : `${id}-${option.id}`}
            radio={props.radio}
            checked={chosen.includes(option.id)}
            autofocus={index === 0 && isFirstWrong({ name, draft }) ? true : undefined}
          >
            {option.name}
            {option.hint !== undefined && <small class="hint"> {option.hint}</small>}
          </Check>
        ))}
      </div>
    </fieldset>
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

type Filled = Pick<FieldProps, 'name' | 'id' | 'hint' | 'value' | 'problem'> & {
  draft?: FormDraft | undefined
}

function typedIn({ name, draft, value }: Filled): string | undefined {
  return value ?? (draft === undefined ? undefined : textIn(draft, name))
}

function problemOf({ name, draft, problem }: Filled) {
  return problem ?? draft?.problems[name]
}

/** Whether the page is to begin at this field: it is the first that has to be put right. */
function isFirstWrong({ name, draft, problem }: Filled): true | undefined {
  const [first] = Object.keys(draft?.problems ?? {})
  return problem !== undefined || first === name ? true : undefined
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
