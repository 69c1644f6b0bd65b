import { createMemory } from './memory.ts'

/** What was said, without what only dresses it: faces, emoji, quotes around all of it, bullets. */
export type Heard = {
  /** Never empty where the message was not. */
  readonly words: string
  /** True where there was nothing but faces: a nod, which asks nothing. */
  readonly isNod: boolean
}

/**
 * Takes off what the networks and people's habits put around words. The rest is as it was typed: case, width, marks and
 * spaces within may matter to a name or a number. What is shown and stored is the message itself.
 *
 * @example hear('“人工”[流泪]') // { words: '人工', isNod: false }
 */
export function hear(text: string): Heard {
  return HEARD(text, () => hearAnew(text))
}

function hearAnew(text: string): Heard {
  const faceless = withoutFaces(text)
  const words = unwrapped(faceless.trim())
  if (/[\p{L}\p{N}]/u.test(words)) return { words, isNod: false }
  const isNod = faceless !== text && !/[\p{L}\p{N}]/u.test(faceless)
  return { words: words === '' ? text.trim() : words, isNod }
}

/**
 * The ways to read a whole line as a word of ours, the nearest first: folded, then with the polite words around it
 * taken off one by one. `wish`: also without "I want", "show me" and the like.
 *
 * @example readings('麻烦转人工谢谢') // ['麻烦转人工谢谢', '转人工谢谢', '麻烦转人工', '转人工', …]
 */
export function readings(text: string, { wish = true } = {}): readonly string[] {
  return (wish ? WISHES : READINGS)(text, () => readAnew(text, wish))
}

function readAnew(text: string, wish: boolean): readonly string[] {
  const found = new Set<string>()
  const plain = normaliseLine(hear(text).words)
  const open = [plain]
  while (open.length > 0 && found.size < MOST) {
    const one = open.shift() ?? ''
    if (one === '' || found.has(one)) continue
    found.add(one)
    open.push(...LESS.flatMap((pattern) => cut(one, pattern)), ...once(one))
  }
  if (!wish) return [...found]
  for (const one of [...found]) {
    const [less] = cut(one, WISH)
    if (less !== undefined) for (const more of [less, ...cut(less, TAIL)]) found.add(more)
  }
  return [...found]
}

/** A line as words are compared: width, case, spaces between Chinese characters, a leading slash and end marks fall away. */
export function normaliseLine(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replaceAll('’', "'")
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
  const bare = folded
    .replace(/^[\s/#>•·*–—~]+(?=.)/u, '')
    .replace(/(?<=.)[\s。.!,、~?…;:·—–^_-]+$/u, '')
    .trim()
  return bare === '' ? folded : unwrapped(bare)
}

/**
 * The number that a line means, where it means nothing else: `1`, `1、`, `(1)`, `①`, `1️⃣`, `选1`, `1号`, `第一个`,
 * `一`, `option 1`, `the first one`; null for all else.
 */
export function numberOf(text: string): number | null {
  for (const line of readings(text, { wish: false })) {
    const bare = line.replace(/[\s().、:#]+/g, ' ').trim()
    const [, digits, han] = NUMBER.exec(bare) ?? []
    if (digits !== undefined) return Number(digits)
    if (han !== undefined) return hanNumber(han)
    const [, word] = ORDINAL.exec(bare) ?? []
    if (word !== undefined) return ORDINALS.indexOf(word) % TEN
  }
  return null
}

/** A line is asked about several times in its turn, and turns of some people are under way at once. */
const UNDER_WAY = 32
const HEARD = createMemory<Heard>(UNDER_WAY)
const READINGS = createMemory<readonly string[]>(UNDER_WAY)
const WISHES = createMemory<readonly string[]>(UNDER_WAY)

const MOST = 12
const TEN = 10

const NUMBER =
  /^(?:我?(?:要|想)?选(?:择|项|第)?|点击?|按|回复?|答案?(?:是|选)?|第|就|option|number|no|choice|choose|i choose|#)?\s*(?:第\s*)?(?:([1-9]\d?)|([一二两三四五六七八九十]{1,3}))\s*(?:个|号|项|条|种|样|题|张|st|nd|rd|th)?\s*(?:选项|那个|one|option)?$/
const ORDINALS = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  '',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
]
const ORDINAL = new RegExp(
  `^(?:the |number |option )?(${ORDINALS.filter((word) => word !== '').join('|')})(?: one| option)?$`,
)

function hanNumber(han: string): number | null {
  const [before = '', after = ''] = han.replaceAll('两', '二').split('十')
  const digit = (char: string) => ' 一二三四五六七八九'.indexOf(char)
  if (!han.includes('十')) return han.length === 1 ? digit(before) : null
  if (before.length > 1 || after.length > 1) return null
  return (before === '' ? 1 : digit(before)) * TEN + (after === '' ? 0 : digit(after))
}

/** The emoji of the web's WeChat, as its puppet hands them on. */
const MARKUP = /<(?:span|img)\b[^>]*\bemoji[^>]*>(?:\s*<\/span>)?|<\/?span>/gi
const KEYCAP = /([0-9#*])\uFE0F?\u20E3/gu
const EMOJI =
  /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\uFE0E|\uFE0F|\u200D|\u20E3|[\u{E0020}-\u{E007F}]/gu
/** Dingbat digits, which look like ①. */
const DINGBAT = /[\u2776-\u2793]/g
const CODED =
  /\/:[^\s\p{Script=Han}/]{1,9}|\/(?:微笑|撇嘴|色|发呆|得意|流泪|害羞|大哭|尴尬|呲牙|偷笑|可爱|抱拳|玫瑰|强|ok)(?=\/|\s|$)/giu
const TYPED_FACE =
  /(?<![a-z\d])(?:[:;=][-o^']?(?:[)(\]|/\\*]+|[DPpOo](?!\p{L}))|8-\)|<3)(?![a-z\d])|[TQ]_+[TQ]|\^[_.oO-]*\^|>_+<|-_+-(?:\|+|#|!)?|=_+=|o_+o/giu
/** Letters that are a face stand at the end, after a Chinese word or alone. */
const LETTER_FACE = /(?<=^|\s|\p{Script=Han}|[，。！~])(?:orz|xd|qaq|tat|qwq)(?=[\s。.!！~]*$)/giu
/** (´・ω・`): marks in brackets, with no letter of ours. */
const KAOMOJI = /[(（][^()（）\p{Script=Han}\w]{2,14}[)）][ﾉノ~]?/gu
const BRACKETED = /\[([^[\]]{1,14})\]|［([^［］]{1,14})］/gu

function withoutFaces(text: string): string {
  return text
    .replace(MARKUP, ' ')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(KEYCAP, '$1')
    .replaceAll('🔟', '10')
    .replace(DINGBAT, (mark) => String((((mark.codePointAt(0) ?? 0) - 0x2776) % TEN) + 1))
    .replace(BRACKETED, (all, half: string | undefined, full: string | undefined) =>
      isFace(half ?? full ?? '') || isAside(text, all) ? ' ' : all,
    )
    .replace(CODED, ' ')
    .replace(/[™©®](?=.)/gu, (mark) => `\u2060${mark}`)
    .replace(EMOJI, ' ')
    .replace(KAOMOJI, ' ')
    .replace(TYPED_FACE, ' ')
    .replace(LETTER_FACE, ' ')
    .replaceAll('\u2060', '')
}

/** A short word in brackets after or before the rest is a face whose name we do not know. */
function isAside(text: string, bracketed: string): boolean {
  const rest = text.trim()
  if (!/^.(?:\p{Script=Han}{1,4}|[A-Za-z]{2,12}).$/u.test(bracketed)) return false
  return rest !== bracketed && (rest.endsWith(bracketed) || rest.startsWith(bracketed))
}

const PAIRS: readonly (readonly [string, string])[] = [
  ...([
    '“”',
    '‘’',
    '「」',
    '『』',
    '《》',
    '〈〉',
    '【】',
    '〔〕',
    '（）',
    '()',
    '［］',
    '[]',
    '{}',
  ] as const),
  ...(['""', "''", '``', '**', '＂＂', '<>', '«»', '““', '””', '‘‘', '’’'] as const),
].map((pair) => [pair.slice(0, 1), pair.slice(1)])

/** Without the quotes and brackets around all of it, a quotation mark or a bullet in front, and a lone mark at an end. */
function unwrapped(text: string): string {
  let said = text
  for (;;) {
    const inner = said.replace(/^(?:(?:>|》|＞)+|[-–—•·*●○▪►▶→]\s+)\s*(?=\S)/u, '').trim()
    const pair = PAIRS.find(([open, close]) => isWrapped(inner, open, close))
    const next = pair === undefined ? inner : inner.slice(1, -1).trim()
    if (next === said || next === '') return said
    said = next
  }
}

function isWrapped(text: string, open: string, close: string): boolean {
  if (text.length < 3 || !text.startsWith(open) || !text.endsWith(close)) return false
  const inside = text.slice(1, -1)
  return !inside.includes(open) && !inside.includes(close)
}

/** 人工人工, 人工 人工！: said twice is said once. */
function once(line: string): string[] {
  const [, word] = /^(.{2,12}?)(?:[\s,，。.!！、~]*\1)+$/u.exec(line) ?? []
  return word === undefined ? [] : [word.trim()]
}

function cut(line: string, pattern: RegExp): string[] {
  const less = line
    .replace(pattern, '')
    .replace(/^[\s,。.!、:~]+|[\s,。.!、~?…;:]+$/gu, '')
    .trim()
  return less === '' || less === line ? [] : [less]
}

const HEAD =
  /^(?:你好呀?|您好|哈喽|哈罗|喂|嗨|hi there|hi|hello|hey|dear|老师|师傅|同志|领导|亲爱的|亲|请问一下|请问下|请问|问一下|问下|请帮我|请给我|请|麻烦(?:你|您)?(?:帮忙|帮我|给我|帮)?|劳驾|那个|那么|那就|那|就|嗯+|呃+|哦+|噢|诶|哎呀?|好的?|我想问一?下|想问一?下|please|pls|plz|kindly|excuse me|sorry|ok(?:ay)?|so|well|um+|just)(?=.)/u
const TAIL =
  /(?:谢谢(?:你|您|了|啦|啊|哈|哦|咯|大家)*|谢了|多谢(?:了|啦|您|你)?|感谢(?:您|你)?|3q|thx|thanks(?: a lot| so much)?|thank you(?: so much| very much)?|thankyou|ty|please|pls|plz|麻烦(?:你|您)?(?:了|啦)?|辛苦(?:你|您)?(?:了|啦)?|拜托(?:你|您)?(?:了|啦)?|好吗|好不好|可以吗|可不可以|行吗|行不行|要得不|一下子?|一哈|(?:很|好|十?万?分)?(?:着)?急+(?:急+)*|在线等|快点|马上|ok|now|asap|urgent|right now|sir|[呢吧嘛啊呀哦哈咯啦嘞噻哟哇呐嘻呵嘿呜喔]+)$/u
/** The number that stands before an option, copied along with it. */
const LISTED = /^\d{1,2}\s?[.、)．:]\s*(?=\p{L})/u
const LESS = [LISTED, HEAD, TAIL]
const WISH =
  /^(?:我(?:们)?(?:现在)?(?:想要|要|想|需要)(?:去|找|用|看看?|进|点|问问?)?|给我(?:看看?|打开|转|点)?|帮我(?:看看?|查查?|打开|转|点|弄)?|帮忙|点(?:击|一下)?|按|打开|进入|进|回复|输入|发送?|选择?|找|看看|看|转|去|回到?|切换到|i(?:'d| would) like(?: to)?(?: see)?|i want(?: to)?(?: see)?|i need(?: to)?|give me|show me|open|go to|take me to|let me(?: see)?|can i(?: see| have)?|can you|could you|may i|press|click|tap|type|reply|send|see|view|the|my)\s*(?=.)/u

/** WeChat writes its faces as words in brackets; what it calls them is a list, and not every bracket is a face. */
const NAMES =
  '微笑 撇嘴 色 发呆 得意 流泪 害羞 闭嘴 睡 大哭 尴尬 发怒 调皮 呲牙 惊讶 难过 酷 冷汗 囧 抓狂 吐 偷笑 愉快 可爱 白眼 傲慢 ' +
  '饥饿 困 惊恐 流汗 憨笑 悠闲 大兵 奋斗 咒骂 疑问 嘘 晕 疯了 折磨 衰 骷髅 敲打 再见 擦汗 抠鼻 鼓掌 糗大了 坏笑 左哼哼 右哼哼 ' +
  '哈欠 鄙视 委屈 快哭了 阴险 亲亲 吓 可怜 菜刀 西瓜 啤酒 篮球 乒乓 咖啡 饭 猪头 玫瑰 凋谢 嘴唇 示爱 爱心 心碎 蛋糕 闪电 炸弹 ' +
  '刀 足球 瓢虫 便便 月亮 太阳 礼物 拥抱 强 弱 握手 胜利 抱拳 勾引 拳头 差劲 爱你 NO OK 爱情 飞吻 跳跳 发抖 怄火 转圈 磕头 回头 ' +
  '跳绳 投降 激动 乱舞 献吻 左太极 右太极 嘿哈 捂脸 奸笑 机智 皱眉 耶 吃瓜 加油 汗 天啊 社会社会 旺柴 好的 打脸 哇 翻白眼 666 ' +
  '让我看看 叹气 苦涩 裂开 合十 红包 發 福 小狗 庆祝 礼花 烟花 爆竹 鸡 开心 生病 破涕为笑 脸红 恐惧 失望 无语 吐舌 嘻嘻 哭 笑哭 ' +
  '强壮 祈祷 派对 鬼魂 幽灵 生气 泣不成声 笑脸 心 双喜 囍 吐血 捂嘴笑 点赞 赞 比心 doge 狗头 笑cry 流鼻涕 骷髅头 色色 大笑 ' +
  'smile grimace drool scowl coolguy sob shy silent sleep cry awkward angry tongue grin surprise frown ruthless blush scream puke ' +
  'chuckle joyful slight smug hungry drowsy panic sweat laugh commando determined scold shocked shhh dizzy tormented toasted skull ' +
  'hammer wave speechless nosepick clap shame trick bah!l bah!r yawn pooh-pooh shrunken tearingup sly kiss wrath whimper cleaver ' +
  'watermelon beer basketball pingpong coffee rice pig rose wilt lips heart brokenheart cake lightning bomb dagger soccer ladybug ' +
  'poop moon sun gift hug thumbsup thumbsdown shake peace fight beckon fist pinky rockon nuh-uh inlove blowkiss waddle tremble ' +
  'aaagh! twirl kotow dramatic jumprope surrender hooray meditate smooch taichil taichir hey facepalm smirk smart concerned yeah! ' +
  'onlooker goforit sweats omg emm respect doge noprob mybad keepfighting wow rich broken hurt sigh letmesee awesome boring ' +
  'packet party blessing firecracker fireworks happy sick lol terror letdown duh worship pray strong ghost'

const FACES: ReadonlySet<string> = new Set(NAMES.toLowerCase().split(' '))

/** Whether a bracketed word is one of WeChat's faces. */
function isFace(name: string): boolean {
  return FACES.has(name.normalize('NFKC').toLowerCase().replaceAll(' ', ''))
}
