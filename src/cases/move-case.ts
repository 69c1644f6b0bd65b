import { type CaseMove, moveCase, noticeAddress } from '../../db/case-events.ts'
import { loadCaseFile } from '../../db/case-file.ts'
import type { CaseHead } from '../../db/cases.ts'
import { ConstraintError, type Database } from '../../db/database.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import type { Vault } from '../../db/vault.ts'
import type { ChannelType } from '../../flows/engine/types.ts'
import {
  applyMove,
  type CaseEvent,
  deriveStage,
  type MoveProblem,
  type MoveRequest,
} from '../../flows/programme/application-stages.ts'
import { pieceNames, piecesOf } from '../../flows/programme/pieces.ts'
import { briefNoticeText, noticeText } from '../../flows/programme/stage-words.ts'
import type { Stages } from '../../flows/programme/stages.ts'
import { catalog } from '../../locales/catalog.ts'
import type { Locale } from '../../locales/keys.ts'

/** A notice about a case is of use for a month. */
const NOTICE_DAYS = 30

/** What moving a case needs; `pack` is of a programme that takes applications. */
export type CaseWorld = {
  db: Database
  vault: Vault
  now: () => string
  pack: Pick<PolicyPack, 'form'> & { stages: Stages }
  /** Whether a channel may carry what is personal; others are told only that something changed. */
  personalData: (channel: ChannelType) => boolean
}

export type CaseMoved =
  | { ok: true; head: CaseHead; event: CaseEvent; notified: boolean }
  | {
      ok: false
      problem:
        | MoveProblem
        | { kind: 'no-such-case' }
        /** Somebody else made this move since the case was looked at. */
        | { kind: 'conflict'; by: CaseEvent }
    }

/**
 * Moves a case for staff, with its notice to the applicant, in one batch. `version` is that of the
 * case as the person who decides saw it; without it, the case is taken as it is now. Who comes second
 * is told who came first, and nothing of theirs is written.
 */
export async function moveCaseNow(
  world: CaseWorld,
  request: Omit<MoveRequest, 'at'> & { number: string; version?: number },
): Promise<CaseMoved> {
  const { db, vault, pack, now } = world
  for (let tries = 0; ; tries++) {
    const file = await loadCaseFile(db, vault, { number: request.number })
    if (file === null) return { ok: false, problem: { kind: 'no-such-case' } }
    const { head, events } = file
    const last = events.at(-1)
    if (request.version !== undefined && request.version !== head.version && last !== undefined) {
      return { ok: false, problem: { kind: 'conflict', by: last } }
    }
    const derived = deriveStage(pack.stages, events)
    if (!derived.ok || derived.stage !== head.stage) {
      throw new Error(`the stage of case ${head.number} is not what its events say`)
    }
    const pieces = pack.form === undefined ? [] : piecesOf(pack.form)
    const moved = applyMove(
      pack.stages,
      { stage: head.stage, events },
      { ...request, at: now() },
      pieces,
    )
    if (!moved.ok) return moved
    const { event, stage } = moved
    const notice = await noticeOf(world, head, event)
    try {
      await db.write(
        await moveCase(vault, {
          caseId: head.id,
          event,
          stage,
          ...(notice === null ? {} : { notice }),
        }),
      )
      const after = { ...head, stage: event.to, version: event.ordinal, outcome: stage.outcome }
      return { ok: true, head: after, event, notified: notice !== null }
    } catch (error) {
      if (!(error instanceof ConstraintError) || tries > 0) throw error
      if (!error.columns.includes('case_events.case_id')) continue
      const since = (await loadCaseFile(db, vault, { number: request.number }))?.events
      const by = since?.[event.ordinal - 1]
      if (by === undefined) throw error
      return { ok: false, problem: { kind: 'conflict', by } }
    }
  }
}

/** The notice of a move, to where the applicant was last seen; null: there is none, or no way to them. */
async function noticeOf(
  { db, pack, personalData }: CaseWorld,
  { number, contactId }: CaseHead,
  event: CaseEvent,
): Promise<NonNullable<CaseMove['notice']> | null> {
  if (contactId === null) return null
  const address = await noticeAddress(db, contactId)
  if (address === null) return null
  const { to, locale } = address
  const missing = pack.form === undefined ? [] : pieceNames(pack.form, event.missing, locale)
  const text = personalData(to.channel)
    ? noticeText(pack.stages, event, { number, missing }, locale)
    : briefNoticeText(pack.stages, event, number, locale)
  if (text === null) return null
  return {
    to,
    body: { text, quickReplies: [wayOn(event, locale)], numbered: false },
    expiresAt: new Date(Date.parse(event.at) + NOTICE_DAYS * 86_400_000).toISOString(),
  }
}

/** Where the notice leads. Its label is a word that the flow is opened by, for networks without buttons. */
function wayOn({ missing }: CaseEvent, locale: Locale): { value: string; label: string } {
  const { apply, status } = catalog[locale]
  return missing.length > 0
    ? { value: '!supplement', label: status.supplement }
    : { value: '!status', label: apply.status }
}
