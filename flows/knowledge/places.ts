/**
 * Places a question may be about instead, in any programme; those nearby are the pack's. Only names that are
 * no everyday words. The programme's own places are taken out by the guard, not here.
 */
const CHINA =
  '北京 天津 上海 重庆 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 ' +
  '广东 广西 海南 四川 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾 石家庄 太原 呼和浩特 沈阳 长春 ' +
  '哈尔滨 南京 杭州 福州 南昌 济南 郑州 武汉 长沙 广州 南宁 海口 昆明 拉萨 西安 兰州 西宁 银川 乌鲁木齐 ' +
  '深圳 珠海 东莞 佛山 厦门 青岛 宁波 温州 苏州 无锡 义乌 泉州 烟台 桂林 柳州 丽江 曲靖 昭通 泸州 绵阳 ' +
  '宜宾 涪陵 黔江 万州 怀化 株洲 三亚'

const CHINA_EN =
  'beijing tianjin shanghai chongqing hebei shanxi liaoning jilin heilongjiang jiangsu zhejiang anhui fujian ' +
  'jiangxi shandong henan hubei hunan guangdong guangxi hainan sichuan yunnan tibet shaanxi gansu qinghai ' +
  'ningxia xinjiang taiwan lanzhou kunming chengdu nanjing hangzhou wuhan changsha guangzhou shenzhen xiamen ' +
  'qingdao ningbo dalian dongguan nanning'

/** Names as they are typed, folded. The longest that fits is the one meant. */
export const PLACES: readonly string[] = CHINA.split(' ')
export const PLACES_EN: readonly string[] = CHINA_EN.split(' ')

/** Names that also arise where two words meet: 完成都要, 扩大连锁, 配合肥料. */
export const PLACES_IN_WORDS: readonly RegExp[] = [
  /(?<![完办做变达形组生])成都(?![要得没不])/,
  /(?<![扩最很太])大连(?![锁续接带])/,
  /(?<![配结联混符])合肥(?!料)/,
  /(?:隔壁|邻近的?|旁边的?|相邻的?|邻)(?:那个)?(?:县|市|省|州)(?!级)/,
]

/**
 * Where someone comes from is not where the question is about: 在广东打工回来的, 我是四川人, 湖南户口.
 * The place must be followed by one of these, within four characters.
 */
export const ORIGIN =
  /^.{0,4}?(?:打工|务工|上班|做工|干活|干了|回来|注册|开的店|的?执照|返乡|户口|户籍|人(?!均)|籍|大学|毕业|当兵|老家|搬)/
/** Or preceded by one: 刚从浙江. */
export const ORIGIN_BEFORE = /(?:刚从|从|老家是|老家在|来自)$/
export const ORIGIN_EN =
  /(?:come|came|back|return\w*|moved|am|originally|hukou|worked|working)[^,?]{0,20} (?:from|in) $/

/** What stands after a place where somebody is now: 在重庆有个小厂, 在成都开店. */
export const BASED =
  /^(?:那边|这边|市|省)?(?:市?区)?(?:有|开(?!过|了.{1,4}年)|办(?!过)|注册|经营|做(?:点|个|小)?(?:生意|买卖)|租|住)/
export const BASED_EN =
  /\b(?:live|living|based|shop|store|firm|factory|business|company|registered|located|restaurant|run\b[^,?]{0,16})[^,?]{0,12} in $/
/** Who has come back from there is not there. */
export const HAS_LEFT =
  /回|返|搬|转来|以前|之前|当时|前几年|早年|原来|\b(?:used to|came|come|moved?|returned|back|former\w*|before)\b/
/** What asks for oneself. */
export const MINE =
  /[能可]|享受|申请|领|有份|符合|够不够|算|\b(?:can|could|may|do|am) (?:i|we)\b|\beligible|\bqualif/
/** A year is a person's or a firm's own when one of these follows: 2016年毕业的, 今年刚退伍. */
export const LIFE_EVENT =
  /^年?(?:初|底|中|上半年|下半年|\d+月)?(?:份)?[刚才就都]?(?:从.{1,6})?(?:出生|生的|生人|毕业|退伍|退役|复员|下岗|失业|返乡|回乡|回来|回的|结婚|开业|开的|成立|注册|登记|办的|创办)/
export const LIFE_EVENT_EN =
  /(?:born|graduat\w*|retired|discharged|unemployed|laid off|returned|married|registered|founded|started|opened)[^?,]{0,20}$/
/**
 * 今年 as the plan uses it, of its own year and targets (今年要扶持多少户), is no other year. With these
 * words it is: someone wants money now.
 */
export const CLAIM =
  /补|钱|领|拿|申请|申报|报名|资格|条件|政策|涨|还(?:有|能|搞|办|可以|在|会)|有没|能不能|subsid|money|grant|apply|available|still/
/** Who wants it now wants to know of today: no figure of the plan's year answers that. */
export const WISH =
  /涨|变|领|拿|申请|申报|报名|资格|还(?:有|能|搞|办|可以|在|会)|有没|能不能|apply|available|still|change|increase/
/** How much or how many: a figure of the plan's own year answers that. */
export const AMOUNT =
  /几月|哪个?月|月份|什么时候|啥时候|哪天|完成|搞完|多少|好多|几多|标准|给几|补几|哪些|几户|几家|how (?:much|many)|\bamount\b|what (?:is|was) the rate/
/** A year seen from today counts where the programme stands beside it: 去年的补助, 明年还补多少. */
export const ABOUT_PROGRAMME =
  /^(?:的|度|份)?.{0,6}?(?:补|政策|标准|方案|文件|名额|扶持|资金|还(?:有|能|给|搞|发)|发多少|给多少|能领|领多少)/
export const ABOUT_PROGRAMME_EN =
  /\b(?:subsid\w*|grants?|polic\w+|plan|scheme|programme|program|amount|standard|support|money|pay|paid)\b/
