import type { AuditEntry, AuditVerdict } from '../../../db/audit.ts'
import type { StaffMember } from '../../../db/staff-members.ts'
import { Page } from '../layout.tsx'
import { Alert, Choice, Empty, Field, Head } from '../parts.tsx'
import { type ConsoleKey, showTime, type View } from '../view.ts'

/** Each kind of action has its words; another one is shown as it is stored. */
const ACTION_WORDS: Readonly<Record<string, ConsoleKey>> = {
  'session.started': 'act-session-started',
  'session.ended': 'act-session-ended',
  'session.revoked': 'act-session-revoked',
  'handoff.answered': 'act-handoff-answered',
  'handoff.noted': 'act-handoff-noted',
  'handoff.taken': 'act-handoff-taken',
  'handoff.closed': 'act-handoff-closed',
  'staff.invited': 'act-staff-invited',
  'staff.moved': 'act-staff-moved',
  'staff.shut-out': 'act-staff-shut-out',
  'staff.let-in': 'act-staff-let-in',
  'staff.link-made': 'act-staff-link-made',
  'staff.authenticator-reset': 'act-staff-authenticator-reset',
}
const KINDS = ['session', 'handoff', 'staff'] as const

type Filter = Partial<Record<'actor' | 'action' | 'subject', string | undefined>>

/** The entries, newest first. */
export function AuditPage(props: {
  view: View
  entries: readonly AuditEntry[]
  more: boolean
  staff: readonly StaffMember[]
  filter: Filter
  verdict: AuditVerdict | null
}) {
  const { view, entries, staff, filter, verdict } = props
  const { t } = view
  const nameOf = (id: string) =>
    id === 'cli' ? t('actorCli') : (staff.find((member) => member.id === id)?.name ?? id)
  const subjectOf = (subject: string) => {
    const [kind = '', id = ''] = subject.split(':')
    return kind === 'staff' ? nameOf(id) : `${kind === 'handoff' ? t('handoff') : kind} ${id}`
  }
  const wordsOf = (action: string) => {
    const key = ACTION_WORDS[action]
    return key === undefined ? action : t(key)
  }
  const older = new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
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
      <form class="filters" method="get" action="/console/audit">
        <Choice
          name="actor"
          label={t('actor')}
          value={filter.actor ?? ''}
          options={[
            { value: '', label: t('everybody') },
            { value: 'cli', label: t('actorCli') },
            ...staff.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Choice
          name="action"
          label={t('action')}
          value={filter.action ?? ''}
          options={[
            { value: '', label: t('everything') },
            ...KINDS.map((kind) => ({ value: `${kind}.`, label: t(`kind-${kind}`) })),
          ]}
        />
        <Field
          name="subject"
          label={t('subject')}
          value={filter.subject ?? ''}
          required={false}
          maxlength={80}
        />
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
      {props.more && (
        <p>
          <a class="button plain" href={`/console/audit?${older}`}>
            {t('older')}
          </a>
        </p>
      )}
    </Page>
  )
}
