import type { Child } from 'hono/jsx'
import { HiddenFields } from './lists.tsx'

/** The button of a form, with what stands beside it. */
export function Submit(props: { plain?: boolean | undefined; children: Child; beside?: Child }) {
  return (
    <div class="actions">
      <button class={props.plain === true ? 'button plain' : 'button'} type="submit">
        {props.children}
      </button>
      {props.beside}
    </div>
  )
}

type PostProps = {
  action: string
  /** What is sent and not seen. */
  fields?: Readonly<Record<string, string | readonly string[]>>
  hint?: string | undefined
  /** Whom it tells and what, or what it ends: it stands before a second press. */
  confirm?: string | undefined
}

/** A form with its fields and its button. `submit`: on the button; `files`: it sends some; `plain`: it is not what the page is for. */
export function PostForm(
  props: PostProps & {
    submit: Child
    class?: string | undefined
    files?: true
    plain?: boolean
    children?: Child
  },
) {
  const { submit, plain, hint, confirm } = props
  return (
    <form
      class={props.class}
      method="post"
      action={props.action}
      enctype={props.files === true ? 'multipart/form-data' : undefined}
    >
      <HiddenFields values={props.fields ?? {}} />
      {props.children}
      {confirm === undefined ? (
        <Submit plain={plain} beside={hint !== undefined && <small class="hint">{hint}</small>}>
          {submit}
        </Submit>
      ) : (
        <Confirm label={submit} what={confirm} plain={plain ?? false} hint={hint} />
      )}
    </form>
  )
}

/**
 * A button that does one thing, without anything to fill in. `again`: it gives a file, and can be pressed again; `label`:
 * what it does to which one, where its words alone do not say.
 */
export function PostButton(
  props: PostProps & {
    main?: boolean
    again?: boolean
    label?: string
    class?: string
    children: Child
  },
) {
  const { confirm, children, hint, main } = props
  return (
    <form method="post" action={props.action}>
      <HiddenFields values={props.fields ?? {}} />
      {confirm === undefined ? (
        <button
          class={props.class ?? (main === true ? 'button' : 'button plain')}
          type="submit"
          aria-label={props.label}
          data-again={props.again === true ? '' : undefined}
        >
          {children}
        </button>
      ) : (
        <Confirm
          label={children}
          what={confirm}
          plain={main !== true}
          class={props.class}
          name={props.label}
        />
      )}
      {hint !== undefined && <small class="hint">{hint}</small>}
    </form>
  )
}

/**
 * The button of what tells people or cannot be undone, within its form: the first press says whom and what, the second
 * does it. It needs no script. `name`: the label with which one, where the words alone do not say.
 */
export function Confirm(props: {
  label: Child
  what: string
  plain?: boolean
  class?: string | undefined
  name?: string | undefined
  hint?: string | undefined
  /** What the second press sends, where a form has several. */
  send?: { name: string; value: string }
  /** What stands before the second press besides. */
  children?: Child
}) {
  return (
    <details class="confirm">
      <summary
        class={props.class ?? (props.plain === true ? 'button plain' : 'button')}
        aria-label={props.name}
      >
        {props.label}
      </summary>
      <div>
        <p>{props.what}</p>
        {props.children}
        <button class="button" type="submit" aria-label={props.name} {...props.send}>
          {props.label}
        </button>
      </div>
      {props.hint !== undefined && <small class="hint">{props.hint}</small>}
    </details>
  )
}
