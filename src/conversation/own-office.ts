import type { TurnContext } from '../../flows/engine/context.ts'
import { withParams } from '../../locales/translate.ts'
import type { Deps } from '../kernel/deps.ts'
import type { OfficeDesk } from '../kernel/office.ts'
import type { Directory } from '../kernel/offices/directory.ts'

/** The product in the words of one person: with their own office in the place of any, where their district is known. */
export function withOwnOffice(deps: Deps, directory: Directory, own: string | null): Deps {
  if (own === null) return deps
  return {
    ...deps,
    translate: withParams(deps.translate, (locale) => directory.params(own, locale)),
  }
}

/** What the flows of a turn know of the offices. `own`: the person's district; `at`: ISO. */
export function officesOf(
  desk: OfficeDesk,
  directory: Directory,
  own: string | null,
  at: string,
): Pick<TurnContext, 'office' | 'offices'> {
  const officeAt = (place: string | null) => desk.officeAt(at, directory.hoursOf(place))
  return {
    office: () => officeAt(own),
    offices: {
      own,
      cards: directory.cards,
      usual: desk.usual,
      at: officeAt,
    },
  }
}
