import { PassThrough, Readable } from 'node:stream'
import { beforeEach, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { type CaseOptions, runCaseCommand } from '../../src/cases/cli.ts'
import { openDesk } from '../../src/cases/desk.ts'
import { lookUpCase } from '../../src/cases/look-up-case.ts'
import { createPrompt } from '../../src/cases/prompt.node.ts'
import {
  AT,
  IDENTITY,
  otherApplicant,
  pack,
  prepareCases,
  submit,
  vault,
} from '../helpers/cases.ts'

let db: Database
let revision: string
beforeEach(async () => {
  db = openFile(':memory:')
  revision = await prepareCases(db)
  return () => db.close()
})

/** Runs a command; `lines` are what is typed at its questions. */
async function run(
  args: string[],
  options: Partial<CaseOptions> = {},
  lines: string[] = [],
  own: Database = db,
) {
  const said: string[] = []
  const typed = [...lines]
  let ids = 0
  const desk = await openDesk({
    programme: 'guiyang-2018',
    db: own,
    vault,
    translate: createTranslate(),
    personalData: () => true,
    now: () => AT,
    newId: () => `paper-${++ids}`,
    say: (line) => said.push(line),
    ask: async () => typed.shift() ?? null,
  })
  const ok = await runCaseCommand(desk, args, { limit: 50, ...options })
  return { ok, text: said.join('\n'), left: typed.length }
}

describe('case list', () => {
  it('shows the open ones in order, and nobody by name', async () => {
    const poor = { hasKeyGroup: false, keyGroupJobs: 0, inLowIncomeVillage: true }
    const first = await submit(db, revision, 1, { facts: poor, applicant: otherApplicant(1) })
    const second = await submit(db, revision, 2)
    expect(await run(['list'])).toMatchObject({
      ok: true,
      text: [
        `${second.number}  2018-06-01  南明  已提交  重点人员  带动重点人员2人`,
        `${first.number}  2018-06-01  南明  已提交  低收入困难村`,
      ].join('\n'),
    })
    expect((await run(['list'], { district: '花溪' })).text).toBe(
      'There are no open applications here.',
    )
    expect((await run(['list'], { district: 'nanming', stage: 'submitted' })).text).toContain(
      first.number,
    )
  })

  it('names what there is where it was asked for what there is not', async () => {
    const district = await run(['list'], { district: '火星' })
    expect(district).toMatchObject({ ok: false })
    expect(district.text).toContain('nanming')
    const stage = await run(['list'], { stage: 'limbo' })
    expect(stage).toMatchObject({ ok: false })
    expect(stage.text).toContain('submitted')
  })
})

describe('case show', () => {
  it('shows the way and the history, and everything of the person masked', async () => {
    const one = await submit(db, revision, 1)
    await run(['move', one.number, 'return'], {
      actor: '王芳',
      reason: 'unreadable',
      missing: 'field:mobile',
      note: '张三的电话打不通',
    })
    const { ok, text } = await run(['show', one.number.toLowerCase()])
    expect(ok).toBe(true)
    expect(text).toContain('退回补正，现在在这里')
    expect(text).toContain('张*  5201**********0009  139****9000')
    expect(text).toMatch(/2 {2}2018-06-01T02:00:00.000Z {2}return {2}王芳 {2}材料看不清楚 {2}\S+/)
    expect(text).toContain('resubmit')
    for (const secret of ['张三', IDENTITY, '13900139000', '炒茶机'])
      expect(text).not.toContain(secret)
  })

  it.each([
    [[], 'like GY18-02-000171'],
    [['nonsense'], 'like GY18-02-000171'],
    [['GY18-02-000172'], 'a slip in this number'],
    [['GY18-02-000171'], 'There is no application GY18-02-000171'],
  ])('of %j says what is wrong', async (args, words) => {
    const { ok, text } = await run(['show', ...args])
    expect(ok).toBe(false)
    expect(text).toContain(words)
  })
})

describe('case move', () => {
  it('takes the one role that may, and says where it is now', async () => {
    const { number } = await submit(db, revision, 1)
    const { ok, text } = await run(['move', number, 'accept'], { actor: '王芳' })
    expect(ok).toBe(true)
    expect(text).toContain('已受理')
    expect(text).toContain('The applicant is told.')
  })

  it.each<[string, string[], Partial<CaseOptions>, string]>([
    ['without a name', ['accept'], {}, '--actor NAME'],
    ['with a blank name', ['accept'], { actor: '  ' }, '--actor NAME'],
    ['that does not exist', ['fly'], { actor: '王芳' }, 'accept  受理  (district-reviewer)'],
    ['without a move', [], { actor: '王芳' }, 'From here:'],
    ['that leads from elsewhere', ['pay'], { actor: '周强' }, 'These do:'],
    [
      'in the wrong role',
      ['accept'],
      { actor: '周强', role: 'finance' },
      '--role district-reviewer',
    ],
    [
      'in a role that is none',
      ['accept'],
      { actor: '周强', role: 'king' },
      '--role district-reviewer',
    ],
    [
      'that two roles may make',
      ['object'],
      { actor: '周强' },
      '--role district-reviewer or --role city-reviewer',
    ],
    ['without a reason', ['propose-refusal'], { actor: '王芳' }, 'elsewhere  企业不在本区'],
    ['without words', ['propose-refusal'], { actor: '王芳', reason: 'conditions' }, '--note'],
    ['without pieces', ['return'], { actor: '王芳', reason: 'unreadable' }, 'field:mobile'],
    [
      'with an unknown piece',
      ['return'],
      { actor: '王芳', reason: 'unreadable', missing: 'moon' },
      'field:mobile',
    ],
    [
      'with pieces it does not ask for',
      ['accept'],
      { actor: '王芳', missing: 'field:mobile' },
      'leave out --missing',
    ],
    [
      'with a reason it does not take',
      ['accept'],
      { actor: '王芳', reason: 'other' },
      'leave out --reason',
    ],
  ])('%s changes nothing and says what to type', async (_, args, options, words) => {
    const { number } = await submit(db, revision, 1)
    const { ok, text } = await run(['move', number, ...args], options)
    expect(ok).toBe(false)
    expect(text).toContain(words)
    expect((await run(['show', number])).text).toContain('①已提交（现在在这里）')
  })

  it('of money refuses who approved', async () => {
    const { number } = await submit(db, revision, 1)
    for (const [move, actor] of [
      ['accept', '王芳'],
      ['begin-review', '王芳'],
      ['file', '王芳'],
      ['publish', '赵敏'],
      ['approve', '赵敏'],
    ] as const) {
      expect(await run(['move', number, move], { actor })).toMatchObject({ ok: true })
    }
    expect((await run(['move', number, 'pay'], { actor: '赵敏' })).text).toContain(
      'Two people are needed',
    )
    expect(await run(['move', number, 'pay'], { actor: '周强' })).toMatchObject({ ok: true })
  })
})

describe('case add-paper', () => {
  /** Answers to the questions, in the order of the form. */
  const LINES = [
    '王 小 明',
    '340524198001 01001x',
    '138 0013 8000',
    '花溪',
    '不是',
    '没有',
    '3',
    '1',
  ]

  it('records a case that the chat finds', async () => {
    const { ok, text, left } = await run(['add-paper'], { actor: '王芳' }, LINES)
    expect(text).toMatch(/Recorded: GY18-11-00001[\dX]/)
    expect({ ok, left }).toEqual({ ok: true, left: 0 })
    const [number = ''] = /GY18-\S+/.exec(text) ?? []
    const found = await lookUpCase(
      { db, vault, pack, now: () => AT },
      { number, lastSix: '01001x', name: '王小明', from: { channel: 'web', id: 'w' } },
    )
    expect(found).toMatchObject({
      kind: 'found',
      head: {
        origin: 'paper',
        contactId: null,
        district: 'huaxi',
        hasKeyGroup: false,
        keyGroupJobs: 1,
        inLowIncomeVillage: false,
      },
      events: [{ move: 'submit', role: 'applicant', actor: '王芳' }],
    })
  })

  it('asks again until an answer is good, and says what is wrong with it', async () => {
    const [name = '', ...rest] = LINES
    const { ok, text } = await run(['add-paper'], { actor: '王芳' }, [
      name,
      '340524198001010010',
      ...rest,
    ])
    expect(ok).toBe(true)
    expect(text).toContain('18')
    expect(text).not.toContain('340524198001010010')
  })

  it('records nothing where the input ends', async () => {
    const { ok, text } = await run(['add-paper'], { actor: '王芳' }, LINES.slice(0, 5))
    expect(ok).toBe(false)
    expect(text).toContain('Nothing was recorded')
    expect((await run(['list'])).text).toContain('no open applications')
  })

  it('needs a name of who records it', async () => {
    expect((await run(['add-paper'])).text).toContain('--actor NAME')
  })

  it('finds the application that this person has', async () => {
    await run(['add-paper'], { actor: '王芳' }, LINES)
    const second = await run(['add-paper'], { actor: '王芳' }, LINES)
    expect(second).toMatchObject({ ok: false })
    expect(second.text).toMatch(/has an application already: GY18-11-00001[\dX]/)
  })

  it('stands beside one that comes from the chat in the same moment, marked as a possible double', async () => {
    const [name, identityNumber] = ['王小明', '34052419800101001X']
    let writes = 0
    const slow: Database = {
      ...db,
      write: async (statements) => {
        writes += 1
        if (writes === 2) {
          const applicant = { name, identityNumber, mobile: null, bankAccount: null }
          await submit(db, revision, 7, { applicant })
        }
        return db.write(statements)
      },
    }
    const { ok, text } = await run(['add-paper'], { actor: '王芳' }, LINES, slow)
    expect(ok, text).toBe(true)
    expect((await run(['list'])).text.split('\n')).toHaveLength(2)
    const [rows = []] = await db.read([
      { sql: 'SELECT is_double FROM cases ORDER BY submitted_at, number', args: [] },
    ])
    expect(rows.flat().map(Number).sort()).toEqual([0, 1])
  })
})

it('says where to see what there is, for a command that is none', async () => {
  for (const args of [[], ['juggle']]) {
    const { ok, text } = await run(args)
    expect(ok).toBe(false)
    expect(text).toContain('case --help')
  }
})

it('has no desk for a programme that takes no applications', async () => {
  await db.write([{ sql: "INSERT INTO programmes (id) VALUES ('elsewhere')", args: [] }])
  const world = {
    db,
    vault,
    programme: 'elsewhere',
    translate: createTranslate(),
    personalData: () => true,
    now: () => AT,
    newId: () => 'id',
    say: () => {},
    ask: async () => null,
  }
  await expect(openDesk(world)).rejects.toThrow('elsewhere takes no applications')
})

describe('the prompt', () => {
  it('takes the lines of a pipe in order, and tells its end', async () => {
    const output = new PassThrough()
    const prompt = createPrompt(Readable.from(['张三\n5201', '02\n', '末行']), output)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const answers = [await prompt.ask('> '), await prompt.ask('> '), await prompt.ask('> ')]
    expect(answers).toEqual(['张三', '520102', '末行'])
    expect(await prompt.ask('> ')).toBe(null)
    prompt.close()
  })
})
