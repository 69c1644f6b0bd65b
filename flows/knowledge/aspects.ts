import type { Locale } from '../../locales/keys.ts'
import { normaliseForm } from './language/normalise.ts'
import type { Script } from './language/tokenise.ts'
import type { Entry } from './types.ts'

/** Whether what is asked of a thing (how long, what it costs, which licence) is nothing that an entry about the thing speaks of. */
export type AsksElse = (asked: string) => (entry: Entry) => boolean

/**
 * Tells what is asked of a thing from the thing: 注册商标要等几个月 and 民宿要办哪些证 name what the plan names, and ask what it
 * does not say. What an entry speaks of is learnt from its own phrasings and its answer, so whatever staff publish counts at
 * once. An entry that says the plan is silent is never besides the question.
 */
export function createAspects(script: Script): AsksElse {
  const locale: Locale = script === 'zh' ? 'zh-Hans' : 'en'
  const patterns = script === 'zh' ? ASPECTS_ZH : ASPECTS_EN
  const known = new WeakMap<Entry, readonly boolean[]>()
  const spokenOf = (entry: Entry) => {
    const before = known.get(entry)
    if (before !== undefined) return before
    const { question, variants, answer } = entry.words[locale]
    const said = [question, ...variants, answer].map(normaliseForm)
    const found = patterns.map((pattern) => said.some((text) => pattern.test(text)))
    known.set(entry, found)
    return found
  }
  return (asked) => {
    const said = normaliseForm(asked)
    const wanted = patterns.flatMap((pattern, at) => (pattern.test(said) ? [at] : []))
    if (wanted.length === 0) return () => false
    return (entry) => {
      if (entry.basis === 'not-stated') return false
      const own = spokenOf(entry)
      return !wanted.some((at) => own[at])
    }
  }
}

/** How long, what it costs, papers, what makes it count, how it is grown, its market, advice, founding, tax, penalty, gear. */
const ASPECTS_ZH: readonly RegExp[] = [
  /多久|多长时间|(?:要|得|需|等)(?:几|多少)(?:个月|天|年)|(?:几|多少)(?:个月|天|年)(?:能|才|可以|下来|有效|到期|拿|办)|有效期|到期|过期|时效/,
  /收费|费用(?:是|要|大概)?(?:多少|好多)|(?:多少|好多)费用|(?:要|得|需)?(?:花|交|付)(?:掉|给)?(?:多少|好多|几多|几[千百万块])|要(?:多少|好多|几多)钱|贵不贵|价格|价钱|(?:多少|好多)钱一[斤个只亩次件套平株头棵]|怎么卖|房租|租金|保证金|押金|加盟费/,
  /环评|消防(?:验收|手续|证|检查)|许可证?|资质|(?:办|要|需要?|考|领|补|换)(?:办|有|些|个|什么|哪些|啥子?|哪样|哪几个|几个|好多)*(?:的)?证(?![明据])|证(?:怎么|在哪|咋|好办)|年审|年检|年报|营业执照|执照(?:怎么|咋|如何|去哪|在哪)/,
  /(?:怎么|咋个?|如何|谁来)(?:样)?认定|认定(?:标准|条件|要)|产值|评级|(?:什么|哪些|啥)(?:标准|条件)才/,
  /怎么(?:才能)?(?:种|养|喂|栽|施肥|腌|酿|炒(?!作)|嫁接)|亩产|饲料|防疫|疫苗|农药|施肥|[得生](?:了)?(?:病|瘟)|死了|打什么药|长虫|育苗|苗子|种苗/,
  /销路|卖给谁|卖到哪|卖不[出掉]|行情怎么|批发价|收购价/,
  /哪家(?:好|便宜|靠谱)|推荐|划不划算|划算吗|靠不靠谱|赚不赚钱|赚钱吗|(?:赚|挣)(?:得?到?)?(?:多少|好多|几多|几)|起.{0,3}名|好不好做|前景|哪个好$|还是.{1,8}好/,
  /(?:注册|成立|办|开|登记)(?:一个|个|一家|家)?(?:公司|农?民?专?业?合作社|个体户?|企业)(?:要|需|怎么|流程|几个|多少)/,
  /税|发票/,
  /罚款?(?!.{0,3}干部)|处罚|被查|违法|合法/,
  /(?:怎么|咋个?|如何)(?:装修|取名|招人|推广|涨粉|直播|拍|设计|建(?!立)|盖|搭(?!伙|法)|修(?!改)|画|写(?!的)|选址|进货|包装|运输|保存)/,
]

const ASPECTS_EN: readonly RegExp[] = [
  /\bhow (?:long|many (?:days|weeks|months|years))\b|\bexpir\w+|\bvalid (?:until|for)\b|\bhow (?:soon|fast|quick\w*)\b/,
  /\bcosts?\b|\bprices?\b|\bexpensive\b|\bcheap\w*|\bcharges?\b(?! of)|\bfees?\b|\brent\b/,
  /\blicen[cs]e\w*|\bpermits?\b|\bpermission\b|\bcertificat\w+|\bwh(?:at|ich) (?:papers|documents|forms)\b|\bpaperwork\b/,
  /\bcriteri\w+|\bwhat (?:makes|counts)\b|\bhow big\b/,
  /\bhow (?:do|to|can|should) (?:i |we |you )?(?:best )?(?:grow|feed|raise|plant|cook|breed|brew|dry|keep|store)\b|\bfeed\b|\bfertili[sz]er|\bpesticide|\bvaccin\w+|\bdisease|\b(?:is|are|got|getting) sick\b|\bdied\b|\bsquare met\w+/,
  /\bmarket price|\bwho (?:buys|will buy)\b|\bwhere (?:can|do) (?:i|we) sell\b/,
  /\brecommend\w*|\bwhich (?:one )?is (?:the )?(?:better|best)\b|\bbest (?:one|way|place|bank|lawyer|accountant)\b|\bprofitable\b|\bworth it\b/,
  /\b(?:register|set up|found|incorporate|form) (?:a|an|my|the) (?:limited |new |own )?(?:company|firm|business|co-?op\w*)\b/,
  /\btax\w*|\bvat\b|\binvoice/,
  /\bfine[ds]?\b|\bpenalt\w+|\blegal to\b|\billegal\b/,
  /\bhow (?:do|to|can|should) (?:i |we |you )?(?:design|decorate|advertise|hire|name|build)\b|\bwhat (?:is|are) the rules\b/,
]
