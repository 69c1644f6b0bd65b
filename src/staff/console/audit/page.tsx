import type { ListPage } from '../../../../db/core/list-page.ts'
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
import { Choice, Field } from '../../../console/fields.tsx'
import { Page } from '../../../console/layout.tsx'
import { Filters, Pager, Table } from '../../../console/lists.tsx'
import { Alert, Empty, PageHeader } from '../../../console/parts.tsx'
import { PostButton } from '../../../console/post-form.tsx'
import { showTime } from '../../../console/view.ts'
import type { Action } from '../../../kernel/permissions.ts'
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
  office: { path: '/console/offices', action: 'offices.read', alone: true },
  phrase: { path: '/console/phrases', action: 'misses.read', alone: true },
  quiz: { path: '/console/quizzes', action: 'quizzes.read' },
  staff: { path: '/console/staff', action: 'staff.read' },
  voucher: { path: '/console/vouchers', action: 'vouchers.read' },
  'voucher-provider': { path: '/console/providers', action: 'vouchers.read' },
}

/** The entries, newest first. */
export function AuditPage(props: {
  view: AuditView
  page: ListPage<AuditEntry>
  staff: readonly StaffMember[]
  query: AuditQuery
  verdict: AuditVerdict | null
}) {
  const { view, page, staff, query, verdict } = props
  const { t } = view
  const { rows: entries } = page
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
    if (page === undefined || !view.may(page.action)) return words
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
      <Filters view={view} class="filters many" action="/console/audit">
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
        <Field
          type="date"
          required={false}
          name="since"
          label={t('console.since-day')}
          value={query.since}
        />
        <Field
          type="date"
          required={false}
          name="until"
          label={t('console.until-day')}
          value={query.until}
        />
      </Filters>
      {entries.length === 0 ? (
        <Empty title={t('console.auditNone')} />
      ) : (
        <Table
          label={t('console.navAudit')}
          rows={entries}
          columns={[
            { label: t('console.ordinal'), cell: ({ ordinal }) => ordinal, class: 'number' },
            { label: t('console.at'), cell: ({ at }) => showTime(view, at), class: 'when' },
            { label: t('console.actor'), cell: ({ actor }) => nameOf(actor) },
            {
              label: t('console.action'),
              cell: ({ action, reason }) => (
                <>
                  {wordsOf(action)}
                  {reason !== null && <small>{reason}</small>}
                </>
              ),
            },
            {
              label: t('console.subject'),
              cell: ({ subject }) => subjectOf(subject),
              class: 'subject',
            },
            {
              label: t('console.fingerprint'),
              cell: ({ hash }) => <code title={hash}>{hash.slice(0, 10)}</code>,
            },
          ]}
        />
      )}
      <Pager view={view} label={t('console.navAudit')} page={page} />
      <div class="actions">
        <PostButton action="/console/audit/export" fields={query} again>
          {t('console.export')}
        </PostButton>
        <small class="hint">{t('console.exportHint')}</small>
      </div>
    </Page>
  )
}

type Dashed<Action> = Action extends `${infer Kind}.${infer Verb}` ? `${Kind}-${Verb}` : never

/** The name of an action as the texts have it. */
function dashed<Action extends string>(action: Action): Dashed<Action> {
  return action.replace('.', '-') as Dashed<Action>
}
