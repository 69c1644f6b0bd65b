import type * as z from 'zod'
import type { StaffMember } from '../../db/staff/members.ts'
import { type FormResult, type FormSchema, readForm } from './form.ts'
import { isProblem, type PageProblem, problemPage } from './problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from './route.ts'
import { packViewOf, type View, viewOf } from './view.ts'

type Path = ConsoleRoute['path']
type Rule = ConsoleRoute['rule']
type MaybeLater<T> = T | Promise<T>
/** What JSX comes to. */
type Html = MaybeLater<string>

/** The names of the parameters of a path: `'id' | 'paper'` of `/console/vouchers/:id/papers/:paper`. */
type ParamNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never

/** A request to a page, with what loading, showing and doing need of it. */
export type PageRequest<Names extends string = never, V extends View = View> = {
  c: ConsoleContext
  deps: ConsoleDeps
  view: V
  /** Who asks. On a route for `anyone` there is nobody: such pages do not read it. */
  staff: StaffMember
  params: Readonly<Record<Names, string>>
  /** A field of the query; empty where it is not given. */
  query: (name: string) => string
  /** The posted form by its schema, with every input kept. */
  form: <S extends FormSchema>(schema: S) => Promise<FormResult<S>>
  /** The same by a schema that takes whatever is typed. Throws where it does not. */
  read: <S extends FormSchema>(schema: S) => Promise<z.infer<S>>
}

/**
 * What a command came to: an address of the console to go on to (303), a problem that has a page of its own, a page that
 * says what became of it, or a file.
 */
export type ActionOutcome = Path | PageProblem | Shown | Response

/** A page instead: it mostly says why something was not done, and what was typed is still in it. */
export type Shown = { status: 200 | 400 | 401 | 404 | 409 | 410 | 429; page: Html }

/** For routes that need nothing loaded. */
export const nothing = () => ({})

/**
 * Makes pages and actions that share a view. `makeView`: gives null where the programme has no such pages; they are
 * 404 then.
 */
export function createPages<V extends View>(
  makeView: (deps: ConsoleDeps, c: ConsoleContext) => MaybeLater<V | null>,
) {
  const requestOf = async <Names extends string>(
    deps: ConsoleDeps,
    c: ConsoleContext,
  ): Promise<PageRequest<Names, V> | null> => {
    const view = await makeView(deps, c)
    if (view === null) return null
    // The router has matched the path, so that each of its names has a value.
    const params = c.req.param() as Record<Names, string>
    return {
      c,
      deps,
      view,
      staff: c.get('staff'),
      params,
      query: (name) => c.req.query(name) ?? '',
      form: (schema) => readForm(c, view, schema),
      read: async (schema) => {
        const form = await readForm(c, view, schema)
        if (!form.ok) throw new Error('a schema that was to take anything refused a form')
        return form.data
      },
    }
  }

  /**
   * A page: `load` gives what it shows, or null for what does not exist for this person (404); `render` makes the page, or
   * answers otherwise (a file, another address).
   */
  function page<P extends Path, Data>(
    rule: Rule,
    path: P,
    load: (request: PageRequest<ParamNames<P>, V>) => MaybeLater<Data | null>,
    render: (data: Data, request: PageRequest<ParamNames<P>, V>) => MaybeLater<Response | string>,
  ): ConsoleRoute {
    return {
      method: 'GET',
      path,
      rule,
      handle: async (c, deps) => {
        const request = await requestOf<ParamNames<P>>(deps, c)
        const data = request === null ? null : await load(request)
        if (request === null || data === null) return problemPage(deps, c, 'not-found')
        const shown = await render(data, request)
        return shown instanceof Response ? shown : c.html(shown)
      },
    }
  }

  /** Something done: `load` as for a page; `command` does it and says what came of it. */
  function action<P extends Path, Data>(
    rule: Rule,
    path: P,
    load: (request: PageRequest<ParamNames<P>, V>) => MaybeLater<Data | null>,
    command: (data: Data, request: PageRequest<ParamNames<P>, V>) => MaybeLater<ActionOutcome>,
  ): ConsoleRoute {
    return {
      method: 'POST',
      path,
      rule,
      handle: async (c, deps) => {
        const request = await requestOf<ParamNames<P>>(deps, c)
        const data = request === null ? null : await load(request)
        if (request === null || data === null) return problemPage(deps, c, 'not-found')
        const outcome = await command(data, request)
        if (outcome instanceof Response) return outcome
        if (typeof outcome !== 'string') return c.html(outcome.page, outcome.status)
        return isProblem(outcome) ? problemPage(deps, c, outcome) : c.redirect(outcome, 303)
      },
    }
  }

  return { page, action }
}

/** Pages that speak and know who looks. */
export const { page, action } = createPages(viewOf)

/** Pages that show the programme of today besides. */
export const packPages = createPages(packViewOf)
