import { expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { createStep } from '../../flows/engine/step.ts'
import type { FileProblem, Input } from '../../flows/engine/types.ts'
import { flows } from '../../flows/index.ts'
import { looksLikeQuestion } from '../../flows/knowledge/looks-like-question.ts'
import { isPolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import { createPolicy } from '../../src/kernel/policy.ts'
import { createPlayer } from '../helpers/play.ts'

const policy = createPolicy(guiyang2018(), 'guiyang-2018@test')
const step = createStep({
  flows,
  home: 'menu',
  questions: 'policy-question',
  settings: 'settings',
  channelRedirect: 'elsewhere',
  looksLikeQuestion,
  isAnswer: isPolicyAnswer,
})
const PROBLEMS: readonly FileProblem[] = [
  'too-large',
  'wrong-kind',
  'empty',
  'unavailable',
  'too-many',
  'not-here',
]
const photo = (problem?: FileProblem): Input => ({
  type: 'media',
  kind: 'image',
  mediaId: 'a1',
  ...(problem === undefined ? {} : { problem }),
})
const voice: Input = { type: 'media', kind: 'voice', mediaId: 'v1', problem: 'wrong-kind' }

it('a file that nobody asked for is told so, and one that was not kept why', () => {
  const player = createPlayer(step, policy)
  expect(player.said(photo())).toEqual(['file.unasked'])
  for (const problem of PROBLEMS) expect(player.said(photo(problem))).toEqual([`file.${problem}`])
  expect(player.said(voice)).toEqual(['common.textOnly'])
})

it('in the middle of questions it is told, and the same question is asked again', () => {
  for (const answers of [[], ['agree']]) {
    const player = createPlayer(step, policy)
    player.send({ type: 'choice', value: '!prescreen' })
    for (const value of answers) player.send({ type: 'choice', value })
    const before = player.state?.stack
    const told = player.said(photo('too-large'))
    expect(told[0]).toBe('file.too-large')
    expect(told.length).toBeGreaterThan(1)
    expect(player.state?.stack).toEqual(before)
  }
})
