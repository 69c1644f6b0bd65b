import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const page = readFileSync('docs/security.md', 'utf8')

it('every file that the page names is there, and every script', () => {
  const named = [...page.matchAll(/`((?:src|bots|flows|db|test|docs)\/[\w./-]+)`/g)].map(
    ([, file = '']) => file,
  )
  expect(named.length).toBeGreaterThan(60)
  expect(named.filter((file) => !existsSync(file))).toEqual([])
  const linked = [...page.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, file = '']) => `docs/${file}`)
  expect(linked.filter((file) => !existsSync(file))).toEqual([])
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>
  }
  const run = [...page.matchAll(/npm run\s+([\w:]+)/g)].map(([, script = '']) => script)
  expect(run.filter((script) => scripts[script] === undefined)).toEqual([])
})

it('every chapter of ASVS 5.0 is there, and says what it rests on', () => {
  const chapters = [...page.matchAll(/^## .*$/gm)].map(([line]) => line).join(' ')
  for (let number = 1; number <= 17; number++)
    expect(chapters).toMatch(new RegExp(`\\bV${number}\\b`))
  const claims = page.split(/^## /m).filter((part) => /^V\d+ .*\n\nMet/.test(part))
  expect(claims.length).toBeGreaterThan(12)
  for (const claim of claims)
    expect(
      claim.split('\n')[0] + (claim.includes('Tested:') || /test\//.test(claim) ? '' : ' untested'),
    ).not.toContain('untested')
})
