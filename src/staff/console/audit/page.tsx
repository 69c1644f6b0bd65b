import type { AuditEntry, AuditVerdict } from '../../../../db/staff/audit.ts'
import type { StaffMember } from '../../../../db/staff/members.ts'
import { Page } from '../../../console/layout.tsx'
import { Alert, Choice, Empty, Field, Head } from '../../../console/parts.tsx'
import { type ConsoleKey, showTime, type View } from '../../../console/view.ts'
import { type Action, may } from '../../../kernel/permissions.ts'
import type { AuditQuery } from './filter.ts'

/** Each kind of action has its words; another one is shown as it is stored. */
const ACTION_WORDS: Readonly<Record<string, ConsoleKey>> = {
  'session.started': 'act-session-started',
  'session.ended': 'act-session-ended',
  'session.revoked': 'act-session-revoked',
  'handoff.answered': 'act-handoff-answered',
  'handoff.noted': 'act-handoff-noted',
  'handoff.taken': 'act-handoff-taken',
  'handoff.closed': 'act-handoff-closed',
  'notice.sent-again': 'act-notice-sent-again',
  'notice.left': 'act-notice-left',
  'case.accept': 'act-case-accept',
  'case.return': 'act-case-return',
  'case.begin-review': 'act-case-begin-review',
  'case.file': 'act-case-file',
  'case.publish': 'act-case-publish',
  'case.object': 'act-case-object',
  'case.approve': 'act-case-approve',
  'case.reject': 'act-case-reject',
  'case.pay': 'act-case-pay',
  'case.follow-up': 'act-case-follow-up',
  'case.revealed': 'act-case-revealed',
  'case.file-opened': 'act-case-file-opened',
  'case.assigned': 'act-case-assigned',
  'case.commented': 'act-case-commented',
  'case.searched': 'act-case-searched',
  'case.talk-read': 'act-case-talk-read',
  'canned.added': 'act-canned-added',
  'canned.changed': 'act-canned-changed',
  'canned.removed': 'act-canned-removed',
  'answer.drafted': 'act-answer-drafted',
  'answer.discarded': 'act-answer-discarded',
  'answer.published': 'act-answer-published',
  'answer.undone': 'act-answer-undone',
  'event.created': 'act-event-created',
  'event.changed': 'act-event-changed',
  'event.published': 'act-event-published',
  'event.cancelled': 'act-event-cancelled',
  'event.reported': 'act-event-reported',
  'event.checked-in': 'act-event-checked-in',
  'event.check-in-undone': 'act-event-check-in-undone',
  'months.planned': 'act-months-planned',
  'quiz.changed': 'act-quiz-changed',
  'miss.solved': 'act-miss-solved',
  'miss.dismissed': 'act-miss-dismissed',
  'account.password-changed': 'act-account-password-changed',
  'account.backup-codes-renewed': 'act-account-backup-codes-renewed',
  'account.authenticator-changed': 'act-account-authenticator-changed',
  'audit.exported': 'act-audit-exported',
  'voucher.district-pass': 'act-voucher-district-pass',
  'voucher.return': 'act-voucher-return',
  'voucher.refuse': 'act-voucher-refuse',
  'voucher.issue': 'act-voucher-issue',
  'voucher.grant': 'act-voucher-grant',
  'voucher.revoke': 'act-voucher-revoke',
  'voucher.lock': 'act-voucher-lock',
  'voucher.unlock': 'act-voucher-unlock',
  'voucher.redeem-part': 'act-voucher-redeem-part',
  'voucher.redeem': 'act-voucher-redeem',
  'voucher.reverse': 'act-voucher-reverse',
  'voucher.claim': 'act-voucher-claim',
  'voucher.return-claim': 'act-voucher-return-claim',
  'voucher.check-claim': 'act-voucher-check-claim',
  'voucher.pay': 'act-voucher-pay',
  'voucher.expire': 'act-voucher-expire',
  'voucher.lapse': 'act-voucher-lapse',
  'voucher.close': 'act-voucher-close',
  'voucher.apply': 'act-voucher-apply',
  'voucher.resubmit': 'act-voucher-resubmit',
  'voucher.withdraw': 'act-voucher-withdraw',
  'voucher.give-back': 'act-voucher-give-back',
  'voucher.ask-lock': 'act-voucher-ask-lock',
  'voucher.ask-redeem': 'act-voucher-ask-redeem',
  'voucher.paper': 'act-voucher-paper',
  'voucher.paper-opened': 'act-voucher-paper-opened',
  'voucher.budget': 'act-voucher-budget',
  'voucher.settlement-exported': 'act-voucher-settlement-exported',
  'provider.added': 'act-provider-added',
  'provider.changed': 'act-provider-changed',
  'provider.listed': 'act-provider-listed',
  'provider.suspended': 'act-provider-suspended',
  'provider.struck': 'act-provider-struck',
  'staff.invited': 'act-staff-invited',
  'staff.moved': 'act-staff-moved',
  'staff.shut-out': 'act-staff-shut-out',
  'staff.let-in': 'act-staff-let-in',
  'staff.link-made': 'act-staff-link-made',
  'staff.authenticator-reset': 'act-staff-authenticator-reset',
}
const KINDS = [
  'session',
  'account',
  'case',
  'handoff',
  'canned',
  'answer',
  'miss',
  'staff',
  'event',
  'months',
  'quiz',
  'voucher',
  'provider',
  'audit',
] as const

/** Things that are named otherwise than the actions upon them. */
const SUBJECT_KINDS: Readonly<Record<string, ConsoleKey>> = {
  'voucher-provider': 'kind-provider',
  'voucher-budget': 'kind-voucher-budget',
  settlement: 'kind-settlement',
}

/** Where the subjects of entries have their pages, and who may open them. */
const PAGES: Readonly<Record<string, { path: string; action: Action; alone?: true }>> = {
  case: { path: '/console/cases', action: 'cases.read' },
  handoff: { path: '/console/inbox', action: 'inbox.read' },
  staff: { path: '/console/staff', action: 'staff.read' },
  answer: { path: '/console/answers', action: 'answers.read' },
  miss: { path: '/console/misses', action: 'misses.read', alone: true },
  event: { path: '/console/events', action: 'events.read' },
  canned: { path: '/console/canned', action: 'inbox.read', alone: true },
  voucher: { path: '/console/vouchers', action: 'vouchers.read' },
  'voucher-provider': { path: '/console/providers', action: 'vouchers.read' },
}

/** The entries, newest first. */
export function AuditPage(props: {
  view: View
  entries: readonly AuditEntry[]
  more: boolean
  staff: readonly StaffMember[]
  query: AuditQuery
  verdict: AuditVerdict | null
}) {
  const { view, entries, staff, query, verdict } = props
  const { t } = view
  const nameOf = (id: string) =>
    id === 'cli' ? t('actorCli') : (staff.find((member) => member.id === id)?.name ?? id)
  const wordsOfKind = (kind: string) => {
    const key = SUBJECT_KINDS[kind]
    return key === undefined ? kind : t(key)
  }
  const kindWords = (kind: string) =>
    KINDS.some((known) => known === kind)
      ? t(`kind-${kind as (typeof KINDS)[number]}`)
      : wordsOfKind(kind)
  const subjectOf = (subject: string) => {
    const [kind = '', id = ''] = subject.split(':')
    const words = kind === 'staff' ? nameOf(id) : `${kindWords(kind)} ${id}`
    const page = PAGES[kind]
    if (page === undefined || view.staff === null || !may(view.staff, page.action)) return words
    return <a href={page.alone === true ? page.path : `${page.path}/${id}`}>{words}</a>
  }
  const wordsOf = (action: string) => {
    const key = ACTION_WORDS[action]
    return key === undefined ? action : t(key)
  }
  const older = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  older.set('before', String(entries.at(-1)?.ordinal ?? 0))
  return (
    <Page view={view} title={t('navAudit')}>
      <Head title={t('navAudit')} lead={t('auditLead')}>
        <a class="button plain" href="/console/audit?verify">
          {t('verify')}
        </a>
      </Head>
      {verdict?.ok === true && (
        <Alert tone="done">
          {t('auditWhole', { count: verdict.entries, hash: verdict.hash.slice(0, 16) })}
        </Alert>
      )}
      {verdict?.ok === false && (
        <Alert tone="problem">
          {t('auditBroken', { ordinal: verdict.ordinal, problem: t(`broken-${verdict.problem}`) })}
        </Alert>
      )}
      <form class="filters many" method="get" action="/console/audit">
        <Choice
          name="actor"
          label={t('actor')}
          value={query.actor}
          options={[
            { value: '', label: t('everybody') },
            { value: 'cli', label: t('actorCli') },
            ...staff.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Choice
          name="action"
          label={t('action')}
          value={query.action}
          options={[
            { value: '', label: t('everything') },
            ...KINDS.map((kind) => ({ value: `${kind}.`, label: t(`kind-${kind}`) })),
          ]}
        />
        <Field
          name="subject"
          label={t('subject')}
          value={query.subject}
          required={false}
          maxlength={80}
        />
        <Day name="since" label={t('since-day')} value={query.since} />
        <Day name="until" label={t('until-day')} value={query.until} />
        <button class="button plain" type="submit">
          {t('filter')}
        </button>
      </form>
      {entries.length === 0 ? (
        <Empty title={t('auditNone')} />
      ) : (
        <section class="scroll" tabindex={0} aria-label={t('navAudit')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('ordinal')}</th>
                <th scope="col">{t('at')}</th>
                <th scope="col">{t('actor')}</th>
                <th scope="col">{t('action')}</th>
                <th scope="col">{t('subject')}</th>
                <th scope="col">{t('fingerprint')}</th>
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
            {t('older')}
          </a>
        )}
        <form method="post" action="/console/audit/export">
          {Object.entries(query).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button class="button plain" type="submit" data-again>
            {t('export')}
          </button>
        </form>
        <small class="hint">{t('exportHint')}</small>
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
