import type { AuditEntry } from '../../../../db/staff/audit.ts'
import {
  AUDIT_KINDS,
  type AuditSubjectKind,
  isAuditKind,
  isListedAction,
  isSubjectKind,
} from '../../../../db/staff/audit-actions.ts'
import type { AuditVerdict } from '../../../../db/staff/audit-log.ts'
import type { StaffMember } from '../../../../db/staff/members.ts'
import { Page } from '../../../console/layout.tsx'
import { Alert, Choice, Empty, Field, PageHeader } from '../../../console/parts.tsx'
import { showTime } from '../../../console/view.ts'
import { type Action, may } from '../../../kernel/permissions.ts'
import type { AuditQuery } from './filter.ts'
import type { AuditView } from './view.ts'

/** Where the subjects of entries have their pages, and who may open them; `alone`: one page for all. */
const PAGES: Readonly<
  Partial<Record<AuditSubjectKind, { path: string; action: Action; alone?: true }>>
> = {
  answer: { path: '/console/answers', action: 'answers.read' },
  campaign: { path: '/console/campaigns', action: 'campaigns.read' },
  'campaign-list': { path: '/console/lists', action: 'campaigns.read' },
  canned: { path: '/console/canned', action: 'inbox.read', alone: true },
  case: { path: '/console/cases', action: 'cases.read' },
  event: { path: '/console/events', action: 'events.read' },
  handoff: { path: '/console/inbox', action: 'inbox.read' },
  ledger: { path: '/console/ledger', action: 'ledger.read', alone: true },
  'ledger-import': { path: '/console/ledger/imports', action: 'ledger.import' },
  miss: { path: '/console/misses', action: 'misses.read', alone: true },
  notice: { path: '/console/notices', action: 'notices.read' },
  quiz: { path: '/console/quizzes', action: 'quizzes.read' },
  staff: { path: '/console/staff', action: 'staff.read' },
  voucher: { path: '/console/vouchers', action: 'vouchers.read' },
  'voucher-provider': { path: '/console/providers', action: 'vouchers.read' },
}

/** The entries, newest first. */
export function AuditPage(props: {
  view: AuditView
  entries: readonly AuditEntry[]
  more: boolean
  staff: readonly StaffMember[]
  query: AuditQuery
  verdict: AuditVerdict | null
}) {
  const { view, entries, staff, query, verdict } = props
  const { t } = view
  const nameOf = (id: string) =>
    id === 'cli' ? t('console.actorCli') : (staff.find((member) => member.id === id)?.name ?? id)
  const kindWords = (kind: string) =>
    isAuditKind(kind)
      ? view.t(`audit.kind-${kind}`)
      : isSubjectKind(kind)
        ? view.t(`audit.subject-${kind}`)
        : kind
  const subjectOf = (subject: string) => {
    const [kind = '', id = ''] = subject.split(':')
    const words = kind === 'staff' ? nameOf(id) : `${kindWords(kind)} ${id}`
    const page = PAGES[kind as AuditSubjectKind]
    if (page === undefined || view.staff === null || !may(view.staff, page.action)) return words
    return <a href={page.alone === true ? page.path : `${page.path}/${id}`}>{words}</a>
  }
  const wordsOf = (action: string) => {
    if (isListedAction(action)) return view.t(`audit.act-${dashed(action)}`)
    const [kind = '', move = ''] = action.split('.')
    const label = view.moves.find((one) => one.kind === kind && one.id === move)?.label[view.locale]
    return label === undefined
      ? action
      : view.t('audit.actMove', { kind: kindWords(kind), move: label })
  }
  const older = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  older.set('before', String(entries.at(-1)?.ordinal ?? 0))
  return (
    <Page view={view} title={t('console.navAudit')}>
      <PageHeader title={t('console.navAudit')} lead={t('console.auditLead')}>
        <a class="button plain" href="/console/audit?verify">
          {t('console.verify')}
        </a>
      </PageHeader>
      {verdict?.ok === true && (
        <Alert tone="done">
          {t('console.auditWhole', { count: verdict.entries, hash: verdict.hash.slice(0, 16) })}
        </Alert>
      )}
      {verdict?.ok === false && (
        <Alert tone="problem">
          {t('console.auditBroken', {
            ordinal: verdict.ordinal,
            problem: t(`console.broken-${verdict.problem}`),
          })}
        </Alert>
      )}
      <form class="filters many" method="get" action="/console/audit">
        <Choice
          name="actor"
          label={t('console.actor')}
          value={query.actor}
          options={[
            { value: '', label: t('console.everybody') },
            { value: 'cli', label: t('console.actorCli') },
            ...staff.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Choice
          name="action"
          label={t('console.action')}
          value={query.action}
          options={[
            { value: '', label: t('console.everything') },
            ...AUDIT_KINDS.map((kind) => ({
              value: `${kind}.`,
              label: view.t(`audit.kind-${kind}`),
            })),
          ]}
        />
        <Field
          name="subject"
          label={t('console.subject')}
          value={query.subject}
          required={false}
          maxlength={80}
        />
        <Day name="since" label={t('console.since-day')} value={query.since} />
        <Day name="until" label={t('console.until-day')} value={query.until} />
        <button class="button plain" type="submit">
          {t('console.filter')}
        </button>
      </form>
      {entries.length === 0 ? (
        <Empty title={t('console.auditNone')} />
      ) : (
        <section class="scroll" tabindex={0} aria-label={t('console.navAudit')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('console.ordinal')}</th>
                <th scope="col">{t('console.at')}</th>
                <th scope="col">{t('console.actor')}</th>
                <th scope="col">{t('console.action')}</th>
                <th scope="col">{t('console.subject')}</th>
                <th scope="col">{t('console.fingerprint')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr>
                  <td class="number">{entry.ordinal}</td>
                  <td class="when">{showTime(view, entry.at)}</td>
                  <td>{nameOf(entry.actor)}</td>
                  <td>
                    {wordsOf(entry.action)}
                    {entry.reason !== null && <small>{entry.reason}</small>}
                  </td>
                  <td class="subject">{subjectOf(entry.subject)}</td>
                  <td>
                    <code title={entry.hash}>{entry.hash.slice(0, 10)}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <div class="actions">
        {props.more && (
          <a class="button plain" href={`/console/audit?${older}`}>
            {t('console.older')}
          </a>
        )}
        <form method="post" action="/console/audit/export">
          {Object.entries(query).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button class="button plain" type="submit" data-again>
            {t('console.export')}
          </button>
        </form>
        <small class="hint">{t('console.exportHint')}</small>
      </div>
    </Page>
  )
}

function Day({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <p class="field">
      <label for={name}>{label}</label>
      <input id={name} name={name} type="date" value={value} />
    </p>
  )
}

type Dashed<Action> = Action extends `${infer Kind}.${infer Verb}` ? `${Kind}-${Verb}` : never

/** The name of an action as the texts have it. */
function dashed<Action extends string>(action: Action): Dashed<Action> {
  return action.replace('.', '-') as Dashed<Action>
}
