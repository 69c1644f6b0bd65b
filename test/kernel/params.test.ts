import { expect, test } from 'vitest'
import { createTranslateFrom, type Translate, withParams } from '../../locales/translate.ts'

const texts = {
  'zh-Hans': { common: { menu: '{{city}}{{office}}：{{name}}，{{gap}}' } },
  en: { common: { menu: 'no gaps' } },
}
// Only what is asked for here is there.
const bare = createTranslateFrom(texts as never)
const key = 'common.menu' as Parameters<Translate>[1]

test('what the caller names goes before a layer, a later layer before an earlier one, and a gap stays seen', () => {
  const general = withParams(bare, () => ({ city: '甲市', office: '任何办公室', name: '某人' }))
  const own = withParams(general, () => ({ office: '东区办公室' }))
  expect(general('zh-Hans', key)).toBe('甲市任何办公室：某人，{{gap}}')
  expect(own('zh-Hans', key, { name: '张三' })).toBe('甲市东区办公室：张三，{{gap}}')
  // A layer of its own leaves the one below as it was.
  expect(general('zh-Hans', key, { name: '张三' })).toBe('甲市任何办公室：张三，{{gap}}')
  expect(own('en', key)).toBe('no gaps')
})

test('what a person typed is put in as it is, also where it looks like a gap', () => {
  const own = withParams(bare, () => ({ city: '甲市', office: '', gap: '' }))
  expect(own('zh-Hans', key, { name: '{{city}} $& $1' })).toBe('甲市：{{city}} $& $1，')
})

test('layers are read when a text is said, not when they are laid', () => {
  let city = '甲市'
  const own = withParams(bare, () => ({ city }))
  city = '乙市'
  expect(own('zh-Hans', key)).toContain('乙市')
})
