import { type AuditDraft, writeAudited } from '../../../../db/staff/audit.ts'
import { endStaffChat, type StaffChat } from '../../../../db/staff/chats.ts'
import type { Namespaces } from '../../../../locales/keys.ts'
import { PostButton } from '../../../console/fields.tsx'
import { readFields } from '../../../console/form.ts'
import { Alert } from '../../../console/parts.tsx'
import type { ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { showTime, type View } from '../../../console/view.ts'
import type { Deps } from '../../../kernel/deps.ts'
import { CODE_MINUTES, codeLinks, makeStaffCode } from '../../chat/code.ts'
import type { ShowAccount } from './secrets.tsx'

type StaffKey = keyof Namespaces['staff']

/** The chats in which one works: a code for a new one, and the end of one. */
export function chatRoutes(deps: ConsoleDeps, show: ShowAccount): ConsoleRoute[] {
  return [
    {
      method: 'POST',
      path: '/console/account/chats/code',
      rule: 'own-account',
      handle: async (c) => {
        const code = await makeStaffCode(deps, c.get('staff').id)
        if (code === null) c.status(429)
        return show(c, { chatCode: code })
      },
    },
    {
      method: 'POST',
      path: '/console/account/chats/end',
      rule: 'own-account',
      handle: async (c) => {
        const { chat } = await readFields(c, ['chat'])
        const { id } = c.get('staff')
        const entry: AuditDraft = {
          at: deps.now(),
          actor: id,
          action: 'chat.unlinked',
          subject: `staff:${id}`,
        }
        await writeAudited(deps.db, [entry], [endStaffChat(id, chat)])
        return c.redirect('/console/account', 303)
      },
    },
  ]
}

/** The section of the account's page. `code`: fresh, shown once; null: too many were made. */
export function Chats(props: {
  deps: Deps
  view: View
  chats: readonly StaffChat[]
  code: string | null | undefined
}) {
  const { deps, view, chats, code } = props
  const { t } = view
  const s = (key: StaffKey, params?: Readonly<Record<string, string | number>>) =>
    deps.translate(view.locale, `staff.${key}`, params)
  return (
    <>
      <h2 id="chats">{s('accountTitle')}</h2>
      <p class="lead">{s('accountLead')}</p>
      {code === null && <Alert tone="problem">{s('accountTooMany')}</Alert>}
      {typeof code === 'string' && <Code deps={deps} s={s} code={code} />}
      {chats.length > 0 && (
        <ul class="rows">
          {chats.map(({ id, to, linkedAt }) => (
            <li>
              <div>
                <span class="words">{t(`console.channel-${to.channel}`)}</span>
                <span class="facts">
                  <span>{s('accountSince', { at: showTime(view, linkedAt) })}</span>
                  <span>…{to.id.slice(-3)}</span>
                </span>
                <PostButton action="/console/account/chats/end" fields={{ chat: id }}>
                  {s('accountEnd')}
                </PostButton>
              </div>
            </li>
          ))}
        </ul>
      )}
      <form class="sheet" method="post" action="/console/account/chats/code#chats">
        {chats.length === 0 && <p class="hint">{s('accountNone')}</p>}
        <p class="actions">
          <button class="button plain" type="submit">
            {s('accountMake')}
          </button>
        </p>
      </form>
    </>
  )
}

function Code(props: {
  deps: Deps
  s: (key: StaffKey, params?: Readonly<Record<string, string | number>>) => string
  code: string
}) {
  const { deps, s, code } = props
  const { telegram, web } = codeLinks(deps, code)
  return (
    <section class="sheet" role="status">
      <h3>{s('accountCode')}</h3>
      <ul class="codes">
        <li>
          <code>{`${code.slice(0, 4)}-${code.slice(4)}`}</code>
        </li>
      </ul>
      <p>{s('accountCodeHow', { code, minutes: CODE_MINUTES })}</p>
      <p class="actions">
        {telegram !== null && (
          <a class="button plain" href={telegram} rel="noreferrer">
            {s('accountTelegram')}
          </a>
        )}
        <a class="button plain" href={web} rel="noreferrer">
          {s('accountWeb')}
        </a>
      </p>
    </section>
  )
}
