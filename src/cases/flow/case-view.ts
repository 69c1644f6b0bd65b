import { pieceNames } from '../../../flows/programme/form/required-items.ts'
import { missingNow } from '../../../flows/programme/lifecycle/application-stages.ts'
import type { CaseSummary } from '../../../flows/programme/lifecycle/case-view.ts'
import { inForce } from '../../../flows/programme/lifecycle/machine.ts'
import {
  progressLine,
  reasonWords,
  stageWords,
} from '../../../flows/programme/lifecycle/stage-words.ts'
import type { Locale } from '../../../locales/keys.ts'
import { type CaseFile, type CaseScene, ownMoves } from './case-scene.ts'

/** Where a case stands, in the person's words. `personal` false: number and stage only. */
export function viewCase(scene: CaseScene, file: CaseFile, personal: boolean): CaseSummary {
  const { pack, locale } = scene
  const { stages, form, places } = pack
  const { head, events } = file
  const { label, basis, ...words } = stageWords(stages, head.stage, locale)
  const counted = inForce(events)
  const arrived = counted.findLast(({ from, to }) => from !== to) ?? counted.at(-1)
  const last = counted.at(-1)
  const isOver = stages.stages.some(({ id, final }) => id === head.stage && final)
  const moves = ownMoves(scene, file)
  const reasons = last === undefined ? '' : reasonWords(stages, last, locale)
  return {
    number: head.number,
    district: personal
      ? (places.own.find(({ id }) => id === head.district)?.name[locale] ?? '')
      : null,
    brief: !personal,
    progress: progressLine(stages, head.stage, locale),
    stage: label,
    since: dayOf(arrived?.at ?? head.updatedAt, locale),
    ...words,
    reasons: personal && last?.role !== 'applicant' && reasons !== '' ? reasons : null,
    missing: personal ? pieceNames(form, missingNow(events), locale) : [],
    notes: isOver
      ? []
      : [
          stages.noTimeLimit[locale],
          ...(basis.kind === 'practice' ? [stages.practice[locale]] : []),
        ],
    payment: [],
    canGiveAccount: false,
    canWithdraw: personal && moves.includes('withdraw'),
    canSupplement: moves.includes('resubmit'),
    canSendPapers: personal && !isOver && !moves.includes('resubmit'),
  }
}

/** A day in China, as people write it. */
function dayOf(at: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  }).format(new Date(at))
}
