import { listAttachments } from '../../../db/cases/attachments.ts'
import { type CaseHead, listCasesOf } from '../../../db/cases/cases.ts'
import { openCase } from '../../../db/cases/content.ts'
import { type Holdings, loadHoldings } from '../../../db/people/my-data.ts'
import { listVouchersOf } from '../../../db/vouchers/vouchers.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import type { FormAnswers } from '../../../flows/programme/form/form-field.ts'
import { reviewLines } from '../../../flows/programme/form/review-lines.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import { maskPayee } from '../../../flows/programme/money/payee.ts'
import type { MessageKey } from '../../../locales/keys.ts'
import { draftsOf } from '../../cases/drafts.ts'
import { activityLines } from './activity-lines.ts'
import type { Scene } from './scene.ts'

/** Everything that is kept about a person in plain words, each line a paragraph; numbers are masked. */
export async function overviewLines(scene: Scene): Promise<string[]> {
  const { deps, requester } = scene
  const held = await loadHoldings(deps.db, deps.vault, requester.contactId, requester.address)
  if (held === null) return [scene.deps.translate(scene.locale, 'my-data.noConsent')]
  const say = sayer(scene)
  const { application, prescreen } = draftsOf(held.sessions)
  const cases = await listCasesOf(deps.db, requester.contactId)
  return [
    say('my-data.held'),
    ...personLines(scene, held),
    ...prescreen.map((answers) =>
      say('my-data.prescreenKept', { count: Object.keys(answers).length }),
    ),
    ...application.map((answers) => say('my-data.draft', { list: masked(scene, answers) })),
    ...(await Promise.all(cases.map((head) => caseLine(scene, head)))),
    ...cases.flatMap((head) => payeeLines(scene, held, head)),
    ...(await fileLines(scene, cases)),
    ...(await voucherLines(scene)),
    ...(await activityLines(scene)),
    say('my-data.turns', { count: held.turns }),
    ...counted(scene, held),
    ...(held.requests.length === 0
      ? []
      : [
          say('my-data.requests', {
            list: list(
              held.requests.map(({ receipt, kind, at }) =>
                say('my-data.request', {
                  receipt,
                  date: chinaDay(at),
                  kind: say(`my-data.request-${kind}` as MessageKey),
                }),
              ),
            ),
          }),
        ]),
    say('my-data.sealed'),
  ]
}

function personLines(scene: Scene, { addresses, consents }: Holdings): string[] {
  const say = sayer(scene)
  return [
    say('my-data.addresses', {
      list: list(
        addresses.map(({ address, since }) =>
          say('my-data.address', {
            channel: say(`my-data.channel-${address.channel}`),
            date: chinaDay(since),
          }),
        ),
      ),
    }),
    say('my-data.language', { language: say('my-data.languageName') }),
    consents.length === 0
      ? say('my-data.noConsent')
      : say('my-data.consents', {
          list: list(
            consents.map(({ purpose, version, granted, at }) =>
              say(granted ? 'my-data.consentYes' : 'my-data.consentNo', {
                purpose: say(`my-data.${purpose}`),
                version,
                date: chinaDay(at),
              }),
            ),
          ),
        }),
  ]
}

function counted(scene: Scene, { waiting, questions, handoffs }: Holdings): string[] {
  const counts = [
    ['my-data.notices', waiting],
    ['my-data.questions', questions.length],
    ['my-data.handoffs', handoffs.length],
  ] as const
  return counts.flatMap(([key, count]) => (count === 0 ? [] : [sayer(scene)(key, { count })]))
}

async function caseLine(scene: Scene, head: CaseHead): Promise<string> {
  const { deps, pack, locale } = scene
  const say = sayer(scene)
  const content = await openCase(deps.db, deps.vault, head.id)
  if (content === null) return say('my-data.caseErased', { number: head.number })
  return say('my-data.case', {
    number: head.number,
    date: chinaDay(head.submittedAt),
    stage:
      pack.stages === undefined ? head.stage : stageWords(pack.stages, head.stage, locale).label,
    list: masked(scene, content.answers),
  })
}

/** The accounts that money of an application is, or is to be, paid to. */
function payeeLines(scene: Scene, { accounts }: Holdings, { id, number }: CaseHead): string[] {
  return accounts.flatMap(({ caseId, payee }) =>
    caseId !== id || payee === null
      ? []
      : [sayer(scene)('my-data.payee', { number, ...maskPayee(payee) })],
  )
}

/** Kind and date of each file; a file's own name may say too much. */
async function fileLines(scene: Scene, cases: readonly CaseHead[]): Promise<string[]> {
  const { deps, pack, requester, locale } = scene
  const say = sayer(scene)
  const owners = [
    { contactId: requester.contactId, from: requester.address },
    ...cases.map(({ id }) => ({ caseId: id })),
  ]
  const files = (
    await Promise.all(owners.map((of) => listAttachments(deps.db, deps.vault, of)))
  ).flat()
  if (files.length === 0) return []
  const kinds = pack.form?.documents.documents ?? []
  const lines = files.map(({ document, at }) =>
    say('my-data.file', {
      kind: kinds.find(({ id }) => id === document)?.name[locale] ?? document,
      date: chinaDay(at),
    }),
  )
  return [say('my-data.files', { list: list(lines) })]
}

async function voucherLines({ deps, pack, requester, locale }: Scene): Promise<string[]> {
  const held = await listVouchersOf(deps.db, null, requester.contactId)
  const { states = [] } = pack.vouchers?.life ?? {}
  return held.map(({ number, kind, state }) =>
    deps.translate(locale, 'voucher.held', {
      number,
      kind: pack.vouchers?.kinds.find(({ id }) => id === kind)?.name[locale] ?? kind,
      state: states.find(({ id }) => id === state)?.label[locale] ?? state,
    }),
  )
}

function masked({ deps, pack, locale }: Scene, answers: FormAnswers): string {
  if (pack.form === undefined) return ''
  const lines = reviewLines(pack.form, answers, locale, { masked: true, places: pack.places })
  const colon = locale === 'en' ? ': ' : '：'
  return list(
    lines.map(
      ({ label, value }) =>
        label +
        colon +
        ('key' in value ? deps.translate(locale, value.key, value.params) : value.text),
    ),
  )
}

function sayer({ deps, locale }: Scene) {
  return (key: MessageKey, params?: Record<string, string | number>) =>
    deps.translate(locale, key, params)
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `· ${line}`).join('\n')
}
