import * as z from 'zod'

const WORDS: readonly [RegExp, 'see' | 'copy' | 'correct' | 'withdraw' | 'erase'][] = [
  [/^(see|看|看看|查看|看一看|看我的信息|show|view)$/, 'see'],
  [/^(copy|要一份|拿一份|导出|下载|复制|副本|get a copy|export|download)$/, 'copy'],
  [/^(correct|更正|改|修改|改正|change|edit)$/, 'correct'],
  [/^(withdraw|撤回|撤回同意|取消同意|withdraw consent)$/, 'withdraw'],
  [/^(erase|删除|删掉|注销|删除我的数据|delete|delete my data)$/, 'erase'],
]

/** What a person wants done with their data, as they tap or type it. */
export const Wish = z.string().transform((typed, context) => {
  const word = typed
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[。.!\s]+$/u, '')
  const found = WORDS.find(([pattern]) => pattern.test(word))
  if (found !== undefined) return found[1]
  context.addIssue({ code: 'custom' })
  return z.NEVER
})
