/** The commonest surnames of one character, and those of two: what a recognised name begins with. */
const SINGLE =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边吉饶刁瞿骆蒙简'

const DOUBLE = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '司徒',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '夏侯',
]

/**
 * Whether a text is built like a Chinese name: a surname and one or two characters, or with a `·` in
 * it. Strict on purpose: whom it misses is simply asked.
 */
export function looksLikeName(text: string): boolean {
  if (/^\p{Script=Han}{1,10}(?:·\p{Script=Han}{1,10}){1,3}$/u.test(text)) return true
  if (!/^\p{Script=Han}{2,4}$/u.test(text)) return false
  const double = DOUBLE.some((surname) => text.startsWith(surname))
  return double ? text.length > 2 : text.length < 4 && SINGLE.includes(text.slice(0, 1))
}
