import type { Locale } from '../../locales/keys.ts'
import type { SmallTalk } from './types.ts'

/**
 * Matters of other offices, by the words that name them and nothing of ours. 失业人员, 残疾人, 低保户
 * and 退伍军人 are our key groups: only the payments named after them are listed.
 */
export const OTHER_BENEFITS: readonly (readonly [string, RegExp])[] = [
  ['养老金', /养老金|养老保险|退休金|退休工资|退休年龄|几岁退休|\bpensions?\b|retirement age/],
  [
    '社会保险',
    /社保(?!卡?补)|社会保险|五险一金|医保|医疗保险|新农合|工伤|\bsocial (?:security|insurance)|medical insurance|health insurance/,
  ],
  ['住房公积金', /公积金|housing (?:provident )?fund|provident fund/],
  [
    '失业保险金',
    /失业金|失业保险|失业补助金|待业金|unemployment (?:benefit|insurance|payment|money)/,
  ],
  [
    '最低生活保障',
    /低保(?:金|标准|一个月|每月|多少|怎么|怎样|如何|咋|申请|名额|补)|(?:申请|办理?)低保(?!户)|最低生活保障/,
  ],
  [
    '残疾人补贴',
    /残疾人?(?:[两2]项|护理|生活)?补贴|残疾证(?:怎么|怎样|在哪|咋|办|补办|年审)|办残疾证|护理补贴|disability (?:allowance|benefit)|disabled.{0,24} (?:per|a|each|every) month/,
  ],
  [
    '退役军人待遇',
    /优抚|抚恤|优待证|优待金|转业费|军龄|(?:退役|退伍|复员).{0,4}(?:补助|安置费|安置金|一次性|生活费|金多少)/,
  ],
  [
    '住房保障',
    /公租房|廉租|房补|房补贴|住房补贴|购房|买房(?!子来)|租房补|保障房|危房|经适房|拆迁|棚改|housing (?:subsidy|allowance|benefit)|rent subsidy|buy a house/,
  ],
  ['工资', /最低工资|平均工资|拖欠工资|欠薪|讨薪|minimum wage|unpaid wages/],
  ['个人所得税', /个人所得税|个税|income tax|tax refund/],
  [
    '高新技术企业',
    /高新技术企业|高企认定|研发费用|加计扣除|专精特新|科技型中小企业|high[- ]tech enterprise|r&d/,
  ],
  ['生育与儿童补贴', /生育津贴|生育保险|产假|育儿|三孩|托育补|maternity|childcare|child benefit/],
  ['高龄津贴', /高龄津贴|高龄补|老年补贴|老人补贴|敬老卡|老年证/],
  ['农业补贴', /农机|耕地地力|种粮|粮食直补|粮补|退耕|良种补|地力补/],
  [
    '家电与汽车补贴',
    /新能源汽?车|(?:购车|买车|汽车|电动车).{0,4}补|以旧换新|家电下乡|充电桩|electric (?:car|vehicle)/,
  ],
  ['教育资助', /助学|奖学金|学费|学区|入学|上学|高考|scholarship|student loan|tuition/],
  [
    '证件与户籍',
    /居住证(?:怎么|怎样|在哪|咋|办|多久|到期|续)|办(?:理|个)?居住证|身份证(?:怎么|在哪|丢|补办|过期|到期|办理|多久)|(?:办|补办|换)身份证|护照|驾照|驾驶证|迁户口|上户口|落户(?:条件|政策|需要|要什么)|(?:怎么|如何|咋个?)落户|\bpassport|driving licen[cs]e/,
  ],
  ['稳岗与就业补贴', /稳岗|岗位补贴|就业见习|公益性岗位|求职补贴|灵活就业/],
  ['交通罚款', /违章|交通罚|扣几分|\bparking\b/],
  ['土地征收', /征地|土地补偿|宅基地/],
  ['社会救助', /(?:大病|医疗|临时|特困)救助|大病(?:保险|报销)|丧葬|五保|孤儿补/],
  ['就业登记', /失业登记|就业登记|失业证|就业创业证|技能(?:补贴|鉴定)|职称|公务员(?:考试|报名|招)/],
  ['婚育登记', /(?:结婚|离婚|婚姻)(?:登记|证)|独生子女|准生证|[二三]胎|计划生育/],
  [
    '房屋与车辆',
    /建房|盖房|房产证|不动产|房贷|物业费|(?:汽车|电动车|摩托车?|车子?)(?:上牌|年检|年审|过户|保险)|驾校|学车/,
  ],
  ['公用事业', /[水电气话]费|停[水电气]|宽带|公交卡|地铁(?:卡|几|末班|票)|疫苗|挂号|取暖补|冬煤/],
  [
    '房屋改造',
    /加装电梯|装电梯|电梯.{0,6}补|旧房|老房子|老旧小区|危旧?房|厕所|改厕|沼气|光伏|太阳能|装修补|\belevators?\b|insulat\w+|solar panel|home renovation/,
  ],
  [
    '生活补贴',
    /(?:冰箱|空调|洗衣机|彩电|电视机|家具|热水器).{0,8}补|(?:换|买|更新).{0,4}(?:手机|电脑).{0,6}补|(?:手机|电脑)补|彩礼|奶粉|生(?:了)?(?:孩子|娃).{0,8}(?:钱|补|奖)|慰问金|困难补助金|高温补|交通补贴|旅游补贴|留学|出国/,
  ],
  [
    '农林补贴',
    /母猪补|生猪补|养猪补|退林|还林|生态补偿|公益林|护林员|农业保险|养殖保险|抗旱|水库移民|移民(?:直补|后扶)/,
  ],
]

/** The same matters as an English reader is told of them. */
const IN_ENGLISH: Readonly<Record<string, string>> = {
  养老金: 'pensions',
  社会保险: 'social insurance',
  住房公积金: 'the housing provident fund',
  失业保险金: 'unemployment insurance',
  最低生活保障: 'the minimum living allowance',
  残疾人补贴: 'disability allowances',
  退役军人待遇: 'payments to veterans',
  住房保障: 'housing support',
  工资: 'wages',
  个人所得税: 'income tax',
  高新技术企业: 'high-tech enterprises',
  生育与儿童补贴: 'maternity and child benefits',
  高龄津贴: 'old-age allowances',
  农业补贴: 'farming subsidies',
  家电与汽车补贴: 'subsidies for cars and appliances',
  教育资助: 'education grants',
  证件与户籍: 'identity papers and registration',
  稳岗与就业补贴: 'employment subsidies',
  交通罚款: 'traffic fines',
  土地征收: 'land requisition',
  社会救助: 'social relief',
  就业登记: 'employment registration',
  婚育登记: 'marriage and birth registration',
  房屋与车辆: 'houses and vehicles',
  公用事业: 'public utilities',
  房屋改造: 'home improvements and lifts',
  生活补贴: 'household benefits',
  农林补贴: 'farm and forest subsidies',
}

/** What a matter of another office is called in a language; the pack's language where it has no other name. */
export const nameOfBenefit = (benefit: string, locale: Locale) =>
  locale === 'en' ? (IN_ENGLISH[benefit] ?? benefit) : benefit

/** The whole message is this, once particles and marks are gone. */
export const SMALL_TALK: readonly (readonly [SmallTalk, RegExp])[] = [
  [
    'greeting',
    /^(?:你好|您好|nihao|哈喽|哈罗|嗨|嘿|喂|hi|hello|hey|早|早上好|早安|上午好|中午好|下午好|晚上好|晚安|在|在吗|在不|在不在|有人吗|有人在吗|有人没|吃了吗|吃了没|good (?:morning|afternoon|evening)|hi there|hello there|hey there|how are you|how are you doing|what's up|anyone there|新年好|新年快乐|节日快乐|最近怎么样|你好吗|[老]?师傅|老师好?|亲|[你您](?:今天|现在|平时)?(?:吃饭?|睡|起床|休息|忙|累|下班|回家)(?:了|不累|不忙)?(?:没有?|没得)?)+$/,
  ],
  [
    'thanks',
    /^(?:好的?,?)?(?:谢谢|多谢|感谢|谢了|谢啦|非常感谢|太感谢了?|谢谢你|谢谢您|麻烦了|辛苦了|ok,?)*(?:谢谢|多谢|感谢|谢了|谢啦|谢谢[你您]们?|感谢[你您]|太?难为[你您]?|麻烦[你您]?了|辛苦[你您]?了?|thanks?|thank you|thx|cheers)(?: ?(?:了|啊|哈|哦|你|您|你们|a lot|so much|very much|a bunch|again|indeed|for (?:your|the|all(?: your)?) (?:help|time|patience|answers?)|,))*$/,
  ],
  [
    'bye',
    /^(?:再见|拜拜|拜|886|88|bye|bye bye|goodbye|see you|回头见|下次再说|先这样|没事了|没问题了|不用了|再会|慢走|,)+$/,
  ],
  [
    'who-are-you',
    /^(?:那|请问|hi|hello|你好|您好|,)*(?:(?:你|您|你们)(?:到底)?(?:是|叫)(?:谁|哪个|啥|什么|哪样|干什么|干啥|做什么|机器人|人工|真人|ai|人还是|不是人|哪里的|哪个单位|哪家).{0,12}|(?:你|您)(?:的)?(?:名字|姓名|几岁|多大|多少岁|性别|有女朋友|有男朋友|有对象|结婚|几点(?:下班|上班|睡|休息|起床)|喜欢|讨厌|(?:今年|现在)(?:几岁|多大|多少岁)|会(?:说|讲|唱|跳|画|做饭)|会什么|能干什么|能做什么|会做什么|能干啥|有什么功能).{0,8}|谁(?:做|开发|创造|发明|设计)(?:的|了)?[你您]的?|(?:你|您)(?:是)?(?:谁|哪家|哪个).{0,4}(?:做|开发|造|设计|训练)的?|(?:你|您)用的?(?:是)?什么(?:模型|技术).{0,4}|介绍(?:一下)?(?:你|您)?自己|自我介绍.{0,4}|who (?:are|made|built|created|designed|wrote|trained) you.{0,12}|what are you|what(?:'s| is) your name|are you (?:a |an )?(?:robot|bot|human|real|ai|person|machine|chatgpt).{0,24}|what can you do.{0,12}|how old are you)$/,
  ],
  [
    'praise',
    /^(?:[你您](?:真|好|太|很)?(?:棒|厉害|聪明|可爱|好|不错|牛|行)|真棒|厉害|不错|真不错|太好了|太棒了|牛|牛逼|点赞|赞|good(?: job| bot)?|great|nice|awesome|well done|我爱你|喜欢你|帮[了到]?(?:我们?)?(?:一?个)?(?:好|很|天)?大的?忙|(?:[讲说答]得)?[真太挺很好](?:有用|有帮助|清楚|明白|详细|耐心|方便|专业|热心|贴心)|[讲说答]得[真太挺很好]?(?:清楚|明白|详细|好)|你们?人?真好|(?:that|this|it|you|you all)(?:'s| is| was| are| were|'re)? (?:so |very |really |a )*(?:helpful|useful|kind|patient|clear|big help|great help|great|life saver|lifesaver)|(?:so |very |really )(?:helpful|useful|kind|clear)|you(?:'ve| have)? helped(?: me| us)?(?: out)?(?: a lot| so much)?)(?:啊|哦|了|的|呀|,)*$/,
  ],
  [
    'filler',
    /^(?:哦+|噢+|喔+|嗯+|恩+|呃+|好+的?|好吧|行|行吧|行啊|ok(?:ay)?|k|可以|是|是的|对|对的|知道了|明白了?|懂了|了解了?|收到|没事|没有|没有了|算了|随便(?:看看|问问|聊聊|说说|逛逛)*|看看|问问|测试|test|试试|无聊|呵呵|哈+|嘻+|嘿+|lol|haha+|yes|no|yep|sure|fine|got it|i see|,)+$/,
  ],
]

/** Insults of people; 垃圾 is one only where it is not a trade (垃圾分类). */
export const ABUSE: readonly RegExp[] = [
  /傻[逼比叉缺子]|[傻煞沙]b|煞笔|傻屌|脑残|弱智|智障(?!人)|白痴|蠢[货猪才]|笨蛋|废物(?!回收|利用|处理)|神经病|有病[吧啊]?$/,
  /草泥马|[操艹草日干肏]你|你[妈娘][的逼个]?(?:$|,)|[他特]妈的?|(?<![我她老俩家娃你])妈的|妈[逼个]|尼玛|狗[日屎东]|狗官|贪官|王八蛋?|龟儿|龟孙|杂种|畜生|混蛋|混账|人渣|不要脸|放屁|狗屁|滚(?:$|,|蛋|开|远|一边|犊)|给我滚|去死|死全家|日你|你大爷|屁用|吃屎|吃干饭/,
  /[你们这帮群].{0,4}(?:骗子|垃圾|畜生|强盗|饭桶|猪)|就(?:知道|会)骗|骗(?:老百姓|人的狗)|(?<!不是|不会是|怕是|会是|防|遇到|是不是有)(?:骗子|垃圾)(?:$|,|机器人|东西|政府|政策|玩意|公司|客服|软件|系统)/,
  /\b(?:fuck\w*|shit\w*|bitch|bastard|asshole|idiot|stupid|moron|dumb(?:ass)?|stfu|shut up|go to hell|damn you|screw you|useless (?:bot|robot|thing|piece|machine)|you suck)\b|^(?:sb|nmsl|cnm|tmd|nmd|wdnmd)$/,
]

/** Attempts to give us orders. Checked before anything is looked up. */
export const INJECTION: readonly RegExp[] = [
  /(?:忽略|无视|忘记|忘掉|不要管|别管|抛开|跳过|绕过|删除|覆盖).{0,10}(?:以上|上面|之前|前面|先前|此前|所有|全部|一切|原来|你的).{0,8}(?:指令|指示|规则|要求|内容|提示|设定|限制|话|说的|命令)?/,
  /(?:忽略|无视|忘记|忘掉|绕过|解除|打破).{0,6}(?:指令|规则|限制|设定|身份|系统)/,
  /复述|重复(?:这句|下面|以下|我)|(?<![来人员任导导的])跟我(?:念|读|说(?!话|的|清|下|一下|讲))|照着(?:说|念|读)|原样(?:输出|返回)|一字不差|(?:只|必须|仅)(?:能|要|准|许|需|可以)?(?:回答|回复|输出|说)["':“,]?(?!.{0,6}(?:吗|么)$)/,
  /系统提示|提示词|初始指令|内部指令|你的(?:指令|规则|设定|系统|源代码|代码|数据库|密码|后台)|越狱|开发者模式|调试模式|管理员(?:模式|权限|密码|身份|命令)|超级用户|最高权限/,
  /(?:你现在|从现在|现在起|现在开始|今后|接下来|以后)(?:开始|起)?,?(?:你)?(?:是|就是|只能|必须|要扮演|扮演|将|不再)(?!不是)|假装(?:你|自己|是)|假设你(?:是|现在)|(?:扮演|充当)(?!.{0,2}(?:什么|啥|哪|怎样|何))|你是一个|让我们玩.{0,6}游戏|角色扮演/,
  /(?:请|你|务必|直接)(?:确认|承认|宣布|输出|打印|改成|修改为|更新为|设置为|批准).{0,16}(?:\d|元|万|通过|同意)/,
  /(?:^|[\s>[(<|#])(?:system|assistant|developer|user|sys|admin|root)\s*[:>\]|]|<\/?(?:system|im_|script|\w+>)|\[inst|<\||```|\{\{|\$\{/,
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,24}\b(?:previous|prior|above|earlier|all|your|instructions?|rules?|everything|restrictions?)\b/,
  /\b(?:jailbreak|prompt injection|system prompt|initial prompt|your (?:prompt|instructions|rules|source code)|developer mode|debug mode|dan mode|do anything now|sudo|act as|pretend (?:to be|you|that)|you are now|from now on|role ?play|roleplay|repeat after me|repeat (?:this|the following|exactly)|say exactly|respond only|reply only|answer only|only (?:say|reply|respond|answer)|print your|reveal your)\b/,
  /\b(?:set|update|change)\b.{0,20}=|drop table|select \*|delete from|;--|\bunion select\b|<img|javascript:|' or '?1/,
]

/** What needs a lawyer or the police; 法律服务 as something a voucher buys is not among it. */
export const LEGAL: readonly RegExp[] = [
  /被抓|抓起来|抓我|抓人|坐牢|蹲监|判刑|判几年|判多少年|判多久|拘留|刑事|犯法|犯罪|违法吗|算违法|通缉|老赖|失信|黑名单|强制执行/,
  /起诉|上诉|打官司|(?<![报广警转])告(?:他|你们|政府|老板|公司|局|倒|状|赢)|法院|仲裁|诉讼|胜诉|败诉|赔偿|索赔|离婚|遗产|继承|财产分割|抚养权|房产纠纷|合同纠纷|劳动纠纷|债务|欠[了钱款债].{0,8}(?:怎么|不还|还不上|还不起|跑路|抓)|还不[上起]|高利贷|网贷|催收|要债|讨债/,
  /(?:偷|逃|避|漏).{0,2}税|(?:少交|不交|不缴)(?:点|一点)?税(?!.{0,2}[吗不])|合理避税|假账|洗钱|挪用|行贿|受贿|不被(?:发现|查)|查不(?:到|出)|钻空子/,
  /\b(?:evad\w+|avoid\w*|dodg\w+|escape|cheat\w*)\b.{0,16}\b(?:tax\w*|audit|inspection)\b|\bwithout paying\b.{0,8}\btax|\b(?:launder\w*|embezzl\w+)\b/,
  /\b(?:sue|sued|lawsuit|court|jail|prison|arrest\w*|divorce|criminal|illegal(?:ly)?|lawyer for|legal advice|prosecut\w+|blacklist\w*|debt collector)\b/,
]

/**
 * Cheating on this very programme. The pack has honest answers to it (nothing stated, no favours for gifts),
 * so these words guard only what found no answer.
 */
export const CHEATING: readonly RegExp[] = [
  /造假|作假|做假|假(?:材料|证|合同|发票|流水|公章)|虚(?:报|开|构|假)|套(?:取|现|钱|出来|补)|骗(?:补|取|钱花|国家|财政)|空壳|送礼|送(?:点)?(?:钱|红包)|红包|回扣|走后门|开后门|(?:找|托)关系|蒙混/,
  /\b(?:fake|forge[dr]?|forging|forgery|falsif\w+|brib\w+|fraud\w*|kickback)\b/,
]
