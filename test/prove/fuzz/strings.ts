import fc from 'fast-check'
import { identityNumber } from '../../helpers/applicant.ts'

/** What has broken other programs: empty, control, bidi, halves of characters, markup, paths, numbers, names of JavaScript. */
const NASTY: readonly string[] = [
  '',
  ' ',
  '\t\r\n',
  '\u0000',
  'a\u0000b',
  '\u001b[31m红\u0007',
  '\u202e反过来\u202c',
  '\u2066\u2069',
  '\ufeff',
  '\u200b\u200d',
  '\ud800',
  'x\udfff',
  '\udc00\ud800',
  '👨‍👩‍👧‍👦',
  '😀'.repeat(60),
  '𠮷野家',
  'é',
  '<script>fuzz()</script>',
  '"><img src=x onerror=fuzz()>',
  '<b>',
  '&lt;',
  ']]>',
  '<![CDATA[',
  '<!-- -->',
  "'; DROP TABLE turns; --",
  '" OR 1=1',
  '%',
  '_',
  '\\',
  '`',
  `$\{7*7}`,
  '{{t}}',
  '$t(menu.help)',
  '{{- x}}',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'true',
  '[]',
  '{}',
  '-1',
  '0',
  '-0',
  '00',
  '1e999',
  '0x10',
  '1.5',
  '１２',
  '①',
  '٣',
  '99',
  '999999999999999999999',
  'Ⅷ',
  '../../etc/passwd',
  '..%2f',
  'file:///etc/passwd',
  'http://169.254.169.254/',
  'C:\\x.jpg',
  'a.pdf',
  '\r\nSet-Cookie: a=b',
  'a\nb\nc',
  '=1+1',
  '@SUM(A1)',
  '!',
  '!menu',
  '!ask:',
  '!no-such:flow',
  '~',
  'x~zz',
  '/',
  '/start',
  '/start link-x',
  '/staff',
  '/staff 123456',
  '/help',
  '/unknown',
  '菜单',
  '返回',
  '取消',
  '帮助',
]

/** What people say here, so that a conversation gets somewhere. */
const SAID: readonly string[] = [
  '钱多少',
  '能补多少钱',
  '要什么材料',
  '谁能申请',
  'How much money is there?',
  '补助几时到账？',
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '10',
  '#',
  '人工',
  'English',
  '中文',
  '我要申请',
  '同意，开始填',
  '同意',
  '不同意',
  '跳过',
  '说不准',
  '是',
  '否',
  '都不是',
  '同意填',
  '提交',
  '修改',
  '5万',
  '三万五',
  '3',
  '茶叶',
  '小明早餐店',
  '花果园街道',
  '南明区',
  '云岩',
  '买2台蒸箱，付半年房租',
  '没有合作',
  '我叫王小明，手机13900001234，在南明区',
  'GY18-01-00001X',
  'GY18',
  '123456',
  '查进度',
  '我的资料',
  '删除我的资料',
  '我的券',
  '活动',
  '答题',
  '退订',
  '通知设置',
  '换个聊天软件',
  '补材料',
  '王小明',
]

const characters = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })

/** Text with any UTF-16 unit, halves of characters among them. */
const anyUnits = characters.map((units) => String.fromCharCode(...units))

/** Very long, up to a little more than a request may bring. */
const long = fc
  .tuple(
    fc.constantFrom('长', 'a', '😀', '1', ' ', '\n', '。', '[', '&', '王小明，'),
    fc.constantFrom(500, 4097, 12_000, 22_000),
  )
  .map(([unit, times]) => unit.repeat(times))

/** Numbers of people that check, which must never stand in a log. */
const personal: fc.Arbitrary<string> = fc.oneof(
  fc.nat(99_999).map(identityNumber),
  fc.nat(99_999_999).map((digits) => `139${String(digits).padStart(8, '0')}`),
  fc.nat(9_999).map((digits) => `622202240200${String(digits).padStart(7, '0')}`),
)

/** What somebody might type, kind or not. */
export const words: fc.Arbitrary<string> = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(...SAID) },
  { weight: 8, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 6, arbitrary: personal },
  { weight: 4, arbitrary: anyUnits },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: long },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...SAID), anyUnits).map((two) => two.join('')) },
)

/** As `words`, but never so long that the request is refused for it. */
export const shortWords: fc.Arbitrary<string> = words.map((text) => text.slice(0, 300))

/** Any JSON, now and then deep or with names that JavaScript gives a meaning. */
export const anyJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.json({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{"__proto__":{"x":1}}',
      '{"constructor":{"prototype":{}}}',
      '[]',
      'null',
      '1e999',
      '"',
      '{"a":',
      '['.repeat(20_000),
      `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
    ),
  },
)

/** Null most of the time. */
export function rarely<Value>(
  arbitrary: fc.Arbitrary<Value>,
  every = 6,
): fc.Arbitrary<Value | null> {
  return fc.oneof({ weight: every - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })
}

/** Some bytes. */
export const bytes: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 200 })

/** A text that got hurt on its way: cut, doubled, with a character changed or put in. */
export function hurt(text: string, how: number, where: number): string {
  const at = text.length === 0 ? 0 : where % text.length
  const ways = [
    () => text.slice(0, at),
    () => text.slice(at),
    () => `${text.slice(0, at)}${text}${text.slice(at)}`,
    () => `${text.slice(0, at)}\u0000${text.slice(at + 1)}`,
    () => `${text.slice(0, at)}<${text.slice(at + 1)}`,
    () => `${text.slice(0, at)}"${text.slice(at)}`,
    () => `${text.slice(0, at)}9${text.slice(at)}`,
    () => text.replaceAll('"', "'"),
  ]
  return ways[how % ways.length]?.() ?? text
}

/** Headers that anybody may send with anything; values are what a header can hold. */
export const headers: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.dictionary(
      fc.constantFrom(
        'accept-language',
        'user-agent',
        'x-forwarded-for',
        'x-forwarded-host',
        'x-forwarded-proto',
        'if-none-match',
        'range',
        'cookie',
        'origin',
        'referer',
        'hx-request',
        'accept-encoding',
        'content-type',
        'last-event-id',
        'x-file-id',
        'x-file-name',
        'x-media-name',
        'authorization',
        'accept',
        'if-modified-since',
        'te',
        'upgrade',
        'x-http-method-override',
      ),
      fc
        .oneof(
          shortWords,
          fc.constantFrom(
            'en',
            'zh-CN,zh;q=0.9',
            '*',
            'bytes=0-1',
            'bytes=-1,5-',
            'null',
            'a=b; c',
            'Bearer x.y',
          ),
        )
        .map((text) => text.replaceAll(/[^\u0020-\u007e\u00a1-\u00ff]/g, '').trim()),
      { maxKeys: 4 },
    ),
  },
)
