import type { StaffChat } from '../../../../db/staff/chats.ts'
import { Alert } from '../../../console/parts.tsx'
import { PostButton } from '../../../console/post-form.tsx'
import { showTime, type View } from '../../../console/view.ts'
import type { Deps } from '../../../kernel/deps.ts'
import { CODE_MINUTES, codeLinks } from '../../chat/code.ts'

/** The section of the account's page. `code`: fresh, shown once; null: too many were made. */
export function Chats(props: {
  deps: Deps
  view: View
  chats: readonly StaffChat[]
  code: string | null | undefined
}) {
  const { deps, view, chats, code } = props
  const { t } = view
  return (
    <>
      <h2 id="chats">{t('staff.accountTitle')}</h2>
      <p class="lead">{t('staff.accountLead')}</p>
      {code === null && <Alert tone="problem">{t('staff.accountTooMany')}</Alert>}
      {typeof code === 'string' && <Code deps={deps} view={view} code={code} />}
      {chats.length > 0 && (
        <ul class="rows">
          {chats.map(({ id, to, linkedAt }) => (
            <li>
              <div>
                <span class="words">{t(`console.channel-${to.channel}`)}</span>
                <span class="facts">
                  <span>{t('staff.accountSince', { at: showTime(view, linkedAt) })}</span>
                  <span>…{to.id.slice(-3)}</span>
                </span>
                <PostButton action="/console/account/chats/end" fields={{ chat: id }}>
                  {t('staff.accountEnd')}
                </PostButton>
              </div>
            </li>
          ))}
        </ul>
      )}
      <section class="sheet">
        {chats.length === 0 && <p class="hint">{t('staff.accountNone')}</p>}
        <PostButton action="/console/account/chats/code#chats">{t('staff.accountMake')}</PostButton>
      </section>
    </>
  )
}

function Code({ deps, view: { t }, code }: { deps: Deps; view: View; code: string }) {
  const { telegram, web } = codeLinks(deps, code)
  return (
    <section class="sheet" role="status">
      <h3>{t('staff.accountCode')}</h3>
      <ul class="codes">
        <li>
          <code>{`${code.slice(0, 4)}-${code.slice(4)}`}</code>
        </li>
      </ul>
      <p>{t('staff.accountCodeHow', { code, minutes: CODE_MINUTES })}</p>
      <p class="actions">
        {telegram !== null && (
          <a class="button plain" href={telegram} rel="noreferrer">
            {t('staff.accountTelegram')}
          </a>
        )}
        <a class="button plain" href={web} rel="noreferrer">
          {t('staff.accountWeb')}
        </a>
      </p>
    </section>
  )
}
