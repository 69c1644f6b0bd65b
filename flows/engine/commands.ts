import { hear, readings } from './hearing.ts'
import type { Command, Input } from './types.ts'

type CommandInput = Extract<Input, { type: 'command' }>

/** Words that mean a global command wherever they are typed alone. */
const WORDS: Readonly<Record<string, CommandInput>> = Object.fromEntries(
  (
    [
      [{ name: 'start' }, ['start', '开始']],
      [{ name: 'menu' }, ['菜单', '主菜单', '目录', '首页', '主页', 'menu', 'main menu', 'home']],
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
      [
        { name: 'stop' },
        [
          '退订',
          'td',
          't',
          '回t退订',
          '不要再发',
          '不要再发了',
          '别再发',
          '别再发了',
          '别发了',
          '不要发了',
          '莫发了',
          '莫再发了',
          '取消订阅',
          '停止',
          '停止发送',
          '停发',
          '拒收',
          '不再接收',
          '取消推送',
          '不要给我发消息',
          '不要给我发了',
          '别给我发了',
          '别给我发消息',
          '别发消息了',
          '不要发消息了',
          '不要推送',
          '不想收到消息',
          'stop',
          'unsubscribe',
          'opt out',
          'stop messages',
          'stop sending',
          'stop sending messages',
          'stop sending me messages',
          'stop messaging me',
          'no more messages',
          'stop texting me',
        ],
      ],
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

/**
 * The command that a whole typed line is, or null. Width, case, a leading `/`, end marks, faces, quotes and polite words
 * don't matter. `wish`: "I want a person" is one, too; not where any words are an answer.
 */
export function commandOf(text: string, { wish = true } = {}): CommandInput | null {
  return commandIn(readings(text, { wish }))
}

/** The command that the first of a line's readings is that is one, or null. */
export function commandIn(lines: readonly string[]): CommandInput | null {
  return firstOf(lines, (word) => (Object.hasOwn(WORDS, word) ? (WORDS[word] ?? null) : null))
}

/** What a table has for the first reading of a line that it knows, or null. */
export function firstOf<Found>(
  lines: readonly string[],
  find: (line: string) => Found | null | undefined,
): Found | null {
  for (const line of lines) {
    const found = find(line)
    if (found != null) return found
  }
  return null
}

/** The command that a typed number such as `01` is, or null. */
export function commandOfNumber(text: string): CommandInput | null {
  const digits = hear(text).words.normalize('NFKC').trim()
  const name = Object.hasOwn(NUMBERS, digits) ? NUMBERS[digits] : undefined
  return name === undefined ? null : { type: 'command', name }
}
