import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createStep } from '../../flows/engine/step.ts'
import { flows } from '../../flows/index.ts'
import { looksLikeQuestion } from '../../flows/knowledge/looks-like-question.ts'
import { isPolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import { createPlayer } from '../helpers/play.ts'
import { visitFlow } from './visit-flow.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const PAGES = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...['src', 'db', 'flows', 'bots', 'locales', 'test'].map((folder) => `${folder}/README.md`),
]
/** Paths of the house that a page names; those of its own examples are not there. */
const PATH = /`((?:src|db|flows|bots|locales|test)\/[\w./-]*\w)`/g
const EXAMPLES = /visits?\b/
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

/** As GitHub makes an anchor of a heading. */
function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )
}

describe.each(PAGES)('%s', (page) => {
  it('leads nowhere that is not there', () => {
    const text = read(page)
    const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
      ([, link, source]) => link ?? source ?? '',
    )
    const lost = links
      .filter((link) => !/^(?:https?:|mailto:)/.test(link))
      .filter((link) => {
        const [path = '', anchor] = link.split('#')
        const target = path === '' ? page : join(dirname(page), path)
        if (!existsSync(join(ROOT, target))) return true
        return anchor !== undefined && !anchorsOf(read(target)).includes(anchor)
      })
    expect(lost).toEqual([])
  })

  it('names no file or folder that is not there', () => {
    const named = [...read(page).matchAll(PATH)].map(([, path = '']) => path)
    // What changed tells of what was.
    const lost = named.filter((path) => !existsSync(join(ROOT, path)) && !EXAMPLES.test(path))
    expect(page === 'CHANGELOG.md' ? [] : lost).toEqual([])
  })

  it('names no command that is not there', () => {
    const named = [...read(page).matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([])
  })
})

describe('the flow of the docs', () => {
  const code = read('test/docs/visit-flow.ts')

  it('stands there as it is compiled here', () => {
    expect(read('docs/write-a-flow.md')).toContain(`\`\`\`ts\n${code}\`\`\``)
  })

  it('talks, minds what it is told, and goes on after a way round', () => {
    const all = [...flows, visitFlow]
    const options = {
      flows: all,
      home: 'menu',
      questions: 'policy-question',
      settings: 'settings',
      channelRedirect: 'elsewhere',
      looksLikeQuestion,
      isAnswer: isPolicyAnswer,
    }
    const step = createStep(options)
    const player = createPlayer(step, {
      answer: () => ({ kind: 'unsure', candidates: [] }),
    })
    player.said({ type: 'command', name: 'start' })
    expect(player.said('预约')).toEqual(['您哪天来？'])
    expect(player.said('星期天')).toContain('只有周一和周四有人，请选一天。')
    expect(player.said('周四')).toEqual(['一共来几位？'])
    expect(player.said({ type: 'command', name: 'back' })).toContain('您哪天来？')
    expect(player.said('周四')).toEqual(['一共来几位？'])
    expect(player.said('十二')).toContain('请写一个数字，1到9。')
    expect(player.said('2')).toContain('记下了：周四，2位。')
  })
})
