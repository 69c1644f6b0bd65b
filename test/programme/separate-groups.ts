import type { Bilingual } from '../../flows/programme/bilingual.ts'
import type { Condition } from '../../flows/programme/rules/conditions.ts'
import type { Question } from '../../flows/programme/rules/questions.ts'
import type { Rule } from '../../flows/programme/rules/rule.ts'
import { Rules } from '../../flows/programme/rules/rules.ts'

const text: Bilingual = { 'zh-Hans': '字', en: 'word' }

const question = (id: string, kind: Question['kind'], given: Question['given'] = []): Question => ({
  id,
  kind,
  text,
  explain: text,
  options: [],
  given,
})

const rule = (id: string, effect: Rule['effect'], condition: Condition): Rule => ({
  id,
  effect,
  condition,
  basis: { kind: 'clause', clause: '1' },
  year: 2020,
  confidence: 'original',
  name: text,
  lines: { yes: text, no: text, unknown: text },
  change: text,
})

/** Another programme, without a line of code: a question for each group, and one joined condition. */
export const separateGroups = Rules.parse({
  questions: [
    question('veteran', 'yes-no'),
    question('graduate', 'yes-no', [{ if: { op: 'yes', question: 'veteran' }, answer: false }]),
    question('staff', 'number'),
    question('trained', 'yes-no'),
  ],
  rules: [
    rule('veteran', 'priority', { op: 'yes', question: 'veteran' }),
    rule('graduate', 'priority', { op: 'yes', question: 'graduate' }),
    rule('trained-staff', 'preference', {
      op: 'all',
      of: [
        { op: 'at-least', question: 'staff', value: 2 },
        { op: 'not', of: { op: 'not', of: { op: 'yes', question: 'trained' } } },
      ],
    }),
  ],
  review: [{ id: 'group', name: text, rules: ['veteran', 'graduate'] }],
})
