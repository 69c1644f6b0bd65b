import type { LedgerCase } from '../../db/ledger/ledger.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { chinaDay } from '../../flows/programme/china-time.ts'
import { maskIdentityNumber, maskName } from '../../flows/programme/form/mask.ts'
import { splitMoney } from '../../flows/programme/money/money-shares.ts'
import type { Locale, MessageKey } from '../../locales/keys.ts'
import type { Value } from '../platform/tables/rows.ts'

type Words = (key: MessageKey) => string

/**
 * What a ledger's table is made with. `full`: people by their whole names and numbers. `mark`: who took it away and
 * when, at the end of each line, so that a part of the file says so too; null where it is only shown.
 */
export type LedgerScene = {
  pack: PolicyPack
  locale: Locale
  full: boolean
  mark: string | null
  t: Words
}

/** The headings of the ledger, in the order of `ledgerRow`. */
export function ledgerHeadings({ pack, locale, mark, t }: LedgerScene): string[] {
  return [
    t('ledger-console.number'),
    t('ledger-console.district'),
    t('ledger-console.person'),
    t('ledger-console.identityNumber'),
    t('ledger-console.enterprise'),
    t('ledger-console.keyGroups'),
    t('ledger-console.industry'),
    t('ledger-console.stage'),
    ...pathOf(pack).map(({ label }) => label[locale]),
    t('ledger-console.directProvince'),
    t('ledger-console.directCity'),
    t('ledger-console.directCounty'),
    t('ledger-console.followUpCity'),
    t('ledger-console.followUpCounty'),
    t('ledger-console.jobs'),
    t('ledger-console.keyGroupJobs'),
    t('ledger-console.vouchers'),
    t('ledger-console.voucherMoney'),
    t('ledger-console.origin'),
    ...(mark === null ? [] : [t('ledger-console.mark')]),
  ]
}

/**
 * One application as a line of the ledger. Money is in yuan, only where the application was granted; the
 * follow-up is the plan's average for budgeting (facts.md 1.1) and not what this business is due.
 */
export function ledgerRow(scene: LedgerScene, one: LedgerCase): Value[] {
  const { pack, locale, full, t } = scene
  const { applicant, answers } = one
  const granted = one.outcome === 'granted'
  const { directSubsidyFen, directShares, followUpAverageFen, followUpShares } = pack.facts
  const direct = splitMoney(directSubsidyFen.value, directShares.value)
  const followUp = splitMoney(followUpAverageFen.value, followUpShares.value)
  const yuan = (fen: number) => (granted ? fen / 100 : null)
  const named = (list: readonly { id: string; name: Record<Locale, string> }[], ids: unknown) =>
    [ids]
      .flat()
      .map((id) => list.find((option) => option.id === id)?.name[locale])
      .filter((name) => name !== undefined)
      .join(locale === 'en' ? ', ' : '、')
  const enterprise = answers?.enterpriseName
  const employees = answers?.employees
  return [
    one.number,
    pack.places.own.find(({ id }) => id === one.district)?.name[locale] ?? one.district,
    applicant === null ? null : full ? applicant.name : maskName(applicant.name),
    applicant === null
      ? null
      : full
        ? applicant.identityNumber
        : maskIdentityNumber(applicant.identityNumber),
    typeof enterprise === 'string' ? enterprise : null,
    named(pack.facts.keyGroups.value, full ? answers?.keyGroups : []),
    named(pack.facts.industries.value, answers?.industry),
    pack.stages?.stages.find(({ id }) => id === one.stage)?.label[locale] ?? one.stage,
    ...pathOf(pack).map(({ id }) => dayOf(one.reached[id])),
    yuan(direct.province),
    yuan(direct.city),
    yuan(direct.county),
    yuan(followUp.city),
    yuan(followUp.county),
    typeof employees === 'number' ? employees : null,
    one.keyGroupJobs,
    one.vouchers,
    one.voucherFen / 100,
    t(`ledger-console.origin-${one.origin}`),
    ...(scene.mark === null ? [] : [scene.mark]),
  ]
}

/** The stages that stand in the line of progress, but the draft. */
function pathOf({ stages }: PolicyPack) {
  return (stages?.stages ?? []).slice(1).filter(({ path }) => path)
}

/** The day in China. */
function dayOf(at: string | undefined): string | null {
  return at === undefined ? null : chinaDay(at)
}
