import type { Command, Input } from './types.ts'

type CommandInput = Extract<Input, { type: 'command' }>

/** Words that mean a global command wherever they are typed alone. */
const WORDS: Readonly<Record<string, CommandInput>> = Object.fromEntries(
  (
    [
      [{ name: 'start' }, ['start', '开始']],
      [{ name: 'menu' }, ['菜单', '主菜单', '目录', '首页', 'menu', 'main menu']],
      [{ name: 'back' }, ['返回', '上一步', '后退', '退回', 'back', 'go back']],
      [{ name: 'cancel' }, ['取消', '退出', '不填了', '算了', 'cancel', 'quit', 'exit']],
      [{ name: 'restart' }, ['重来', '重新开始', '重新填', '从头来', 'restart', 'start over']],
      [{ name: 'help' }, ['帮助', '怎么用', '使用说明', 'help', '?']],
      [
        { name: 'person' },
        [
          '人工',
          '转人工',
          '人工服务',
          '找人工',
          '人工客服',
          '客服',
          '找人',
          'person',
          'human',
          'agent',
        ],
      ],
      [
        { name: 'bot' },
        [
          '返回机器人',
          '机器人',
          '回到机器人',
          '找机器人',
          '不找人工了',
          'back to the bot',
          'back to bot',
          'bot',
        ],
      ],
      [{ name: 'language' }, ['语言', '切换语言', 'language', 'lang']],
      [{ name: 'language', payload: 'en' }, ['english', '英文', '英语']],
      [{ name: 'language', payload: 'zh-Hans' }, ['中文', '汉语', '简体中文', 'chinese']],
      [{ name: 'stop' }, ['退订', '不要再发', 'stop', 'unsubscribe']],
    ] satisfies [Omit<CommandInput, 'type'>, string[]][]
  ).flatMap(([command, words]) =>
    words.map((word): [string, CommandInput] => [word, { type: 'command', ...command }]),
  ),
)

/** Numbers for the same commands, where a network has no buttons; they begin with 0, options do not. */
const NUMBERS: Readonly<Record<string, Command>> = {
  '0': 'menu',
  '00': 'menu',
  '01': 'back',
  '02': 'person',
  '03': 'help',
  '04': 'language',
}

/** The command that a whole typed line is, or null. Width, case, a leading `/` and end marks don't matter. */
export function commandOf(text: string): CommandInput | null {
  const word = foldCommand(text)
  return Object.hasOwn(WORDS, word) ? (WORDS[word] ?? null) : null
}

/** A whole typed line as words that open something are compared. */
export function foldCommand(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^\//, '')
    .replace(/(?<=.)[。.!,、~?]+$/u, '')
}

/** The command that a typed number such as `01` is, or null. */
export function commandOfNumber(text: string): CommandInput | null {
  const digits = text.normalize('NFKC').trim()
  const name = Object.hasOwn(NUMBERS, digits) ? NUMBERS[digits] : undefined
  return name === undefined ? null : { type: 'command', name }
}
