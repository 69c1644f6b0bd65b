import { say } from '../../engine/define.ts'
import type { Effect, QuickReply, Text } from '../../engine/types.ts'
import { joinNames } from '../../programme/form/join-names.ts'
import { VERDICT_TEXT } from '../../programme/words.ts'
import type { AskedQuestion, PrescreenReply } from './reply.ts'

const KEEP: QuickReply = { value: 'keep', label: { key: 'apply.keep' } }
const UNSURE: QuickReply = { value: 'unsure', label: { key: 'programme.notSure' } }

/** A question with its one-line explanation and its answers, "not sure" always among them. */
export function sayQuestion(question: AskedQuestion, number: number): Effect {
  const { text, explain, options, picked, answer } = question
  const names = options.filter(({ id }) => picked.includes(id)).map(({ name }) => name)
  const lines: Text[] =
    picked.length === 0
      ? answer == null
        ? [{ key: 'prescreen.question', params: { number, text, explain } }]
        : [{ key: 'prescreen.askedAgain', params: { number, text, answer } }]
      : [{ key: 'prescreen.picked', params: { names: joinNames(names) } }]
  return say(lines, {
    quickReplies: [...repliesFor(question), ...(answer == null ? [] : [KEEP])],
    ...(question.answerKind === 'number'
      ? { numbered: false, zero: true, wants: 'count' as const }
      : {}),
  })
}

/** Which of these places was meant. */
export function sayWhich(options: AskedQuestion['options']): Effect {
  return say(
    { key: 'programme.placeCandidates' },
    { quickReplies: [...options.map(asReply), UNSURE] },
  )
}

type Verdict = Extract<PrescreenReply, { kind: 'verdict' }>

/** The result in plain words: verdict, reasons with clauses, what is open, what proves it, and that it is advice. */
export function sayVerdict(verdict: Verdict): Effect {
  const { reasons, open, reported, proofs, clauses } = verdict
  const list = (lines: readonly string[]) => lines.map((line) => `· ${line}`).join('\n')
  return say(
    [
      { key: VERDICT_TEXT[verdict.verdict] },
      ...(reasons.length === 0 ? [] : [{ text: list(reasons) }]),
      ...(open.length === 0
        ? []
        : [{ key: 'prescreen.open' as const, params: { list: list(open) } }]),
      ...(proofs.length === 0
        ? []
        : [{ key: 'prescreen.proofs' as const, params: { list: list(proofs) } }]),
      ...(reported.length === 0 ? [] : [{ key: 'prescreen.reported' as const }]),
      { key: 'prescreen.advice', params: { id: verdict.id } },
    ],
    {
      quickReplies: [
        ...(clauses.length === 0
          ? []
          : [
              {
                value: `!policy-question:original:${clauses.join(',')}`,
                label: { key: 'policy.original' as const },
              },
            ]),
        ...(verdict.verdict === 'elsewhere'
          ? []
          : [{ value: 'apply', label: { key: 'prescreen.apply' as const } }]),
        ...(reported.length === 0
          ? []
          : [{ value: 'reported', label: { key: 'prescreen.whatReported' as const } }]),
        { value: '!restart', label: { key: 'prescreen.again' } },
        { value: '!person', label: { key: 'policy.person' } },
        { value: '!menu', label: { key: 'policy.menu' } },
      ],
    },
  )
}

/** The way on from the result, where it has just been read. */
export function sayVerdictAgain(): Effect {
  return say(
    { key: 'prescreen.afterVerdict' },
    {
      quickReplies: [
        { value: 'apply', label: { key: 'prescreen.apply' } },
        { value: '!restart', label: { key: 'prescreen.again' } },
        { value: '!menu', label: { key: 'policy.menu' } },
      ],
    },
  )
}

/** What reports and notices of other years say beside the plan, for who wants to know. */
export function sayReported({ reported }: Verdict): Effect {
  const list = reported.map((line) => `· ${line}`).join('\n')
  return say({ key: 'prescreen.reportedList', params: { list } })
}

function repliesFor({ answerKind, options, picked }: AskedQuestion): QuickReply[] {
  switch (answerKind) {
    case 'yes-no':
      return [
        { value: 'yes', label: { key: 'prescreen.yes' } },
        { value: 'no', label: { key: 'prescreen.no' } },
        UNSURE,
      ]
    case 'number':
      return [UNSURE]
    case 'one-of':
      return [...options.map(asReply), UNSURE]
    case 'some-of':
      // All of them stay, so that a number means the same from one pick to the next.
      return [
        ...options.map(({ id, name }) =>
          asReply({ id, name: picked.includes(id) ? `✓ ${name}` : name }),
        ),
        picked.length === 0
          ? { value: 'none', label: { key: 'prescreen.none' } }
          : { value: 'done', label: { key: 'prescreen.done' } },
        UNSURE,
      ]
  }
}

function asReply({ id, name }: { id: string; name: string }): QuickReply {
  return { value: `o:${id}`, label: { text: name } }
}
