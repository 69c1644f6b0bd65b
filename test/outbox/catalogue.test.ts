import { describe, expect, it } from 'vitest'
import { NOTICE_KINDS } from '../../db/outbox/kinds.ts'
import { packs } from '../../db/policy/index.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { LOCALES } from '../../locales/keys.ts'
import { paramsOf, withProgramme } from '../../src/kernel/policy.ts'
import { listTemplates } from '../../src/outbox/catalogue.ts'

const pack = packs['guiyang-2018']?.()
if (pack === undefined) throw new Error('no pack')
const translate = withProgramme(createTranslate(), { params: (locale) => paramsOf(pack, locale) })
const templates = listTemplates(pack, translate, 'https://chat.test')
const all = templates.flatMap((template) =>
  LOCALES.flatMap((locale) =>
    (['full', 'brief'] as const).map((form) => ({
      name: `${template.id} ${locale} ${form}`,
      form,
      locale,
      words: template.words(locale, form) ?? '',
    })),
  ),
)

describe('the catalogue of notices', () => {
  it('has each template once, of a known kind, the most urgent kinds first', () => {
    expect(new Set(templates.map(({ id }) => id)).size).toBe(templates.length)
    const order = Object.keys(NOTICE_KINDS)
    const kinds = templates.map(({ kind }) => order.indexOf(kind))
    expect(kinds).toEqual([...kinds].sort((a, b) => a - b))
    expect(kinds).not.toContain(-1)
  })

  it('has a template for each move of an application that is told', () => {
    const told = (pack.stages?.moves ?? []).filter(({ notice }) => notice !== null)
    expect(told.length).toBeGreaterThan(5)
    for (const { id } of told) {
      expect(templates.some((template) => template.id === `case.${id}`)).toBe(true)
    }
  })

  it.each(all)('$name has words and no hole', ({ words }) => {
    expect(words.trim()).not.toBe('')
    expect(words).not.toMatch(/\{\{|undefined|\[object/)
  })

  it('says nothing of a person, their papers or their money in the brief form', () => {
    const brief = all.filter(({ form }) => form === 'brief').map(({ words }) => words)
    expect(brief.join('\n')).not.toMatch(/身份证|identity card|看不清|cannot be read|1,200/)
  })

  it('is Chinese in Chinese and English in English', () => {
    for (const { locale, words, name } of all) {
      const han = /\p{Script=Han}/u.test(
        words.replace(/微企办|微企通|“[^”]*”|（[^）]*）|\([^)]*\)/g, ''),
      )
      expect(han, name).toBe(locale === 'zh-Hans')
    }
  })
})
