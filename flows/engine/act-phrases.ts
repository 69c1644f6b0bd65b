/**
 * What people say at a step that is no question about the plan, as frames: `{a|b|}` is one of them or nothing. The first
 * line of each is Chinese, dialect among it, the second English. What fits two belongs to the one that stands first.
 */
export const ACT_PHRASES = {
  explain: [
    '{这|这个|那个|这项|这一项|这一条|这道题|这题|这句|上面|你问的|你说的|}{是|}{什么|啥|啥子|哪样|何}意思|{这|这个|这项|这题|这句话|我|我看|我还是|还是|真的|有点|}{不懂|看不懂|不明白|看不明白|没看懂|没看明白|听不懂|没听懂|没明白|不太懂|不太明白|搞不懂|弄不懂|整不明白|不理解|没懂|不会}{这个|这题|这项|}|{解释|说明|讲解|讲|说说|讲讲|说清楚|讲清楚}{一下|下|哈|点|}{这个|这题|这项|}|{这|这个|这题|这项|你|}{问|说|指}的{是|}{什么|啥|啥子|哪样}|{什么|啥}叫{这个|这项}|{能|可以}{说|讲|解释}{明白|清楚|简单}点|这是{啥子|啥|什么|哪样}{嘛|东西|意思|}|{这|这个|这项|这题|这张表|}{是|}{拿来|用来|}{干啥子|干啥|搞哪样|做什么|干什么|做哪样|整啥子|搞啥子}{用|}的|怎么理解|这个指什么|这是在问什么|没看懂你问的|你问的我不明白|啥|什么|啥子|哪样',
    "{sorry |}what does {this|that|it|this question|this item} mean|what do you mean{ by this| by that|}|{sorry |}i don't {understand|get it|get this|follow|know what you mean|know what this is|understand this|understand the question}|i do not understand|{please |}explain{ this| it| that| the question|}|{can|could} you explain{ this| it| that|}|what is {this|that|this question|this about}|{this is |it's |}{unclear|confusing|confused|not clear}|meaning|what's this|huh|what",
  ],
  example: [
    '{这|这个|这项|这里|我|}{该|要|应该|}{怎么|咋个|咋|如何|怎样}{填|写|答|回答|说|弄|选}{才对|才好|才合格|呢|}|{这|这个|这里|这项|}{该|要|应该|}{填|写|答}{什么|啥|啥子|哪样|多少|几个|成什么样|成什么样子|哪些}{合适|好|才对|呢|}|{给|给我|举|来|看|有没有|有}{个|一个|}{例子|样板|样本|模板|范例|样子}{看看|吗|没得|}|举例|举例说明|示范{一下|下|}|比如{呢|说|}|例如|照着什么填|怎么说才对|不会{填|写|选|弄}|不晓得{怎么|咋个|咋}{填|写|选}|不知道{怎么|咋|}{填|写|选}',
    'how {do|should|can} i {answer|fill this in|fill it in|fill in this|write it|write this|put it|fill this|fill it}{ here|}|what {do|should|can|shall} i {write|put|enter|type|say|answer|fill in}{ here| in|}|{give|show} me {an example|a sample}|{an |any |for |}{example|examples|sample|format}|{can|could} you give{ me|} an example|like what|such as',
  ],
  choose: [
    '{你|你帮我|帮我|替我|随你|请帮我|给我|你给我|请你}{选|定|挑|决定|拿主意|看着办|推荐}{一个|一下|哪个|哪样|吧|}|{我|}{该|应该|不知道|不晓得|不会|不知道该|不晓得该|拿不准}选{哪个|什么|哪样|啥|哪一个}{好|}|{选|填|挑}{哪个|什么|哪样|哪一个}{好|合适|对|最好|}|{哪个|哪样|什么|哪一个}{都行|都可以|好|对我好|合适|最好|更好}|随便{选|填|一个|哪个|啥|都行|}|都{行|可以|好|得}|无所谓|你{定|看着办|说了算|说呢|决定|看呢}|你说填哪个就填哪个|你看我该选哪个|帮我定一个|有什么区别|有啥区别|区别是什么',
    "{you |please |}{choose|pick|decide|select}{ for me| one| one for me|}|{help me |}{choose|decide|pick}|which {one|one is better|one is best|one is right|one fits|one should i choose|one should i pick|should i choose|is better|is best|do i choose|do you recommend}|{any|anything|either|whatever|any of them|any one}|{it |}{doesn't|does not} matter|up to you|you {decide|choose|pick|tell me}|i don't {mind|care}|i can't decide|what's the difference|what is the difference|recommend one",
  ],
  again: [
    '{再|重新|请再}{说|讲|问|发|念|来|写}{一遍|一次|一道|下|一下|我看看}|{刚才|刚刚|上面|你|你刚才|刚|}{问|问的|说的|说|讲的}{什么|啥|哪样|啥子}|重复{一遍|一下|一次|}|没{听清|看清|听到|看到|注意}{再说一遍|}|{问题|刚才的问题|刚问的|题目}{再发我看看|是什么|再发一遍|呢|再说一遍}|问题是什么|再问一次|重新问|重问|重说{一遍|}|刚问的啥再发一遍|你问的什么|再来{一遍|一次|}|{你|}{说|讲|问}慢{点|一点|些}|{太快|快很}了',
    '{say|ask|repeat|send|show}{ it| that| this| the question|}{ again| once more|}|{come |once |}again{ please|}|once more|what was {the question|that|it}|{i missed that|pardon|pardon me|what did you {ask|say}}|repeat{ the question|}|say it once more|one more time',
  ],
  previous: [
    '{回|退|倒|返|退回|倒回|回到|返回|回去|退到|往回退|上|去}{到|}{上一个|前一个|上面那个|前面|前头|上一题|前一题|上一步|前一步|上个问题|上一项|前一项|前面那个问题|前头那题}|{上|前}{一个|一题|一步|一项|个|一条|一道|一道题|个问题|一个问题}|{倒|退}{回去|回去一个|一步|回}|{往回|往前}{走|退|一步}|回去|后退|返回上一个|返回上一步|点岔了|按错了退回去|上个',
    '{go |take me |}{back|back one|back a step|back one step}|{go |take me |}{back |}to the {previous|earlier|last|former} {question|one|step|item}|{the |}{previous|last|earlier} {question|one|step|item|page}|previous|{the |}one before|one back|step back|undo{ that|}',
  ],
  wrong: [
    '{哎呀|哎|糟了|不好意思|}{刚才|我|刚刚|上面|上一个|前面|我刚才|这个|那个|}{打|填|写|点|选|按|说|输|弄|搞|记|听|认}{错|岔}{了|字了|了一个|啦|}|{这|这个|那|}{不对|错了|不对不对|错的|错啦}{的|啊|吧|}|不是{这样|这个|那个|这个意思}|{你|}{记|听|理解|搞|弄}错了|不对头|我不是这个意思|点岔了|刚才点岔了|哎呀刚才打错字了',
    "{oops|oh no|sorry|no}{,|}{ that was| that is| that's| i made|} {wrong|a mistake|the wrong one|the wrong button|a typo}|{that's|that is|that was|this is|it's|it is|you got it} {wrong|not right|a mistake|incorrect|not correct|not what i meant|an error}|i {made a mistake|got it wrong|typed it wrong|entered it wrong|made a typo|pressed the wrong button|chose wrong|mistyped}|{my mistake|wrong|mistake|typo|oops|wrong one|wrong button|wrong answer|not right|incorrect|not that}",
  ],
  change: [
    '{我要|我想|我想要|想|要|让我|帮我|能不能|}{改|修改|更改|换|改正|更正}{下|一下|一个|掉|一项|}{前面|前面的|刚刚填的|上面的|刚才的|答案|我的答案|前头的|内容|}|{前面|前头|刚才|上面|之前}{的|填的|那个|}{要改|改一下|想改|换一个|要改一下|不对|错了|填错了}|改{个|}答案|换一个|{前头|前面|上面|刚才|}{那个|的|}{电话|手机|名字|姓名|身份证|地址|行业|村|乡镇|人数|钱|金额|银行卡|代码|区|店名}{号|号码|}{改一下|想换|要换|换一个|想换一个|要改|改|不对|错了|填错了|写错了|打错了|改成别的|想改}|{改|换|修改|我要改|我想改}{电话|手机|名字|姓名|身份证|地址|行业|村|乡镇|人数|钱|金额|银行卡|代码|区|店名}{号|号码|}{号|号码|}|我要改刚刚填的|改前面的',
    "{i want to |i need to |let me |can i |i'd like to |please |}{change|edit|modify|fix|correct|update}{ it| that| this| my answer| the last one| something| my answers| an answer| the previous answer|}",
  ],
  later: [
    '{明天|晚上|改天|下次|晚点|等会儿|等会|等下|等一下|等哈|一会|一会儿|有空|过几天|回头|以后|稍后|待会|待会儿|吃完饭|忙完}{再|}{填|弄|来|说|来填|搞|继续|讲|}{吧|了|}|{今天|今天先|先|我先|}{到这|到这里|就到这|不填了|放着|放一放|放放|停一下|停|不弄了|这样}{吧|了|}|{我|}{先忙|有事|要出门|先去干活|吃饭去|先去忙|在忙|现在没空|没空|没时间|忙}{了|}{晚点弄|回头填|}|再说{吧|}|暂停|稍等|等我{一下|想想|找找|问问}{再填|}|我{去找找|找一下|问一下|想一想|想想|考虑一下|去问问}|{我|}{不想|懒得|不耐烦}{填|弄|搞|写|填表}了|{我|}{填|弄|搞|写}不{下去|动|起|来|好}{了|}|{算了|算了算了|算球|算求|算逑}{吧|}{烦得很|烦球得很|不填了|不弄了|不整了}|{我|我的|}手机{要|快|快要|}没电了|等{我|}{婆娘|老婆|老公|儿子|女儿|娃|家里人|别个}{回来|来了|在的时候}{再|}{填|弄|搞|说}',
    "{i'll|i will|let me|can i} {finish|continue|do it|do this|come back|fill it in} {later|tomorrow|tonight|another time|some other time}|{later|not now|another time|tomorrow|tonight|pause|hold on|wait|one moment|just a moment|some other time|maybe later|wait a minute|give me a minute|give me a moment}|{do it|save it|save for|save it for|come back|finish this|finish this another time} {later|}|i'm busy{ now|}|let me {think|check|ask|look for it|find it}|i have to go|i need a break|brb|be right back|my battery is {dying|low|empty|almost dead}|save and exit|{i |}{don't|dont|do not} {want to|wanna|feel like} {fill|filling|do|doing|finish|continue}{ this| it| the form|}{ in| out|} {anymore|any more|now}|{stop|quit|leave|exit}{ this| the| my|} {form|application}|i give up",
  ],
  next: [
    '{好|那就|可以|请|}{下一步|下一个|下一题|下一项|继续|接着来|往下走|接着问|接到来|往下|接着|接着填|继续填|走|往后|后面|继续问|开始|开始吧}{吧|嘛|呢|}|{然后|下面|接下来|后面|那然后}{呢|是什么|问什么|怎么办|干嘛|做什么|怎么做|}|继续{下一步|下一题|往下}|往下走|赶紧的',
    "{next|continue|go on|carry on|keep going|go ahead|proceed|move on|forward}{ please|}|{what|then what|what's|what is|what comes|and then} {next|}|and then|and now|what now|next {question|step|one|item}|let's {go|continue|go on|start}|start|ready",
  ],
  submit: [
    '{可以|就|帮我|现在|那就|我要|我想|}{交|提交|递交|上交|交上去|报上去|交表|交申请|提交申请|递上去}{了|吧|了吧|}|就这么交|确认提交|直接{提交|交}',
    '{ok |please |i want to |let me |can i |}{submit|send|hand}{ it| it in| in| over| it over| now| this|}|{submit|hand in|send} {it|my application|the form|now}',
  ],
  refuse: [
    '{这个|这|我|这项|}{不方便|不想|不愿意|不好|不便|不愿|不能}{说|讲|填|透露|回答|告诉你|提供|给}|{这是|属于|}{我的私事|隐私|个人隐私|秘密|我的隐私|保密的}|保密|{我|}{不想|不愿|不愿意|不想给|不敢}{写|给|填|说|讲|留}{我的|}{身份证|身份证号|手机|手机号|电话|名字|姓名|住址|地址}|不告诉你|凭什么告诉你|不说|不讲|不想告诉你',
    "{i'd|i would} {rather|prefer} not{ say| to say| tell you| answer| to|}|{i'd |}rather not{ say|}|i prefer not to{ say| answer|}|prefer not to {say|answer}|i {don't|do not} want to {say|answer|tell|tell you|share that|give that}|{it's |that's |}{private|secret|confidential|personal|none of your business}|i won't {tell|say|answer}|no comment",
  ],
  why: [
    '{你们|你|}{为什么|为啥|干嘛|干什么|为哪样|凭什么|为何}{要|}{问|填|要|打听|写|知道}{这个|这些|这|那么多|}|{你们|}{问|要|打听|填}{这个|这些|这}{干嘛|干啥|做什么|有啥用|有什么用|做哪样|干什么|有用吗}|{为什么|为啥|干嘛|凭什么|做什么用|有什么用|有啥用}|填这个做什么用|问这个有什么用|{凭什么|凭啥|凭啥子|为什么|为啥|干嘛|为哪样}{要|要问|要填|问|填|写|收}{我的|我|人家|}{身份证|身份证号|身份证号码|手机号|手机号码|电话|名字|姓名|住址|个人信息|信息}|{要|收|问}{我的|我|}{身份证|身份证号|手机号|电话|名字|个人信息|信息}{干嘛|干啥|干啥子|做什么|做啥子|做哪样|干什么}',
    "why{ do you| are you| must i| should i|} {ask|asking|need|need this|need it|need that|ask this|ask that|want this|want to know|answer this}|why{ this| that|}|what{'s| is} {this|it|that} {for|used for}|what for|why is this needed|what do you need {it|this|that} for|why{ do you| must i| should i|} {need|want|ask for|give you|give} my {id|id number|identity number|phone|phone number|mobile|name|address|personal details}|what do you need my {id|identity number|phone number|name} for|what's the point",
  ],
  must: [
    '{这个|这项|这题|}{必须|一定要|非要|非得|是不是必须|是不是一定要|非}{填|写|答}{吗|不可吗|不可|么|}|{这个|这项|}{可以|可不可以|能不能|能|是不是可以}{空着|不填|跳过|不写|不答|留空|先不填}{不|吗|行吗|么|}|{不填|跳过|空着}{行|可以|行不行|可不可以|得行}{吗|不|}|必填吗|要不要填',
    '{is|does} {this|it|that}{ have to be|} {required|optional|mandatory|compulsory|necessary|needed|filled in}|{do|must} i {have to|need to|really have to|answer|fill}{ answer| fill this in| answer this| do this| it in| this|}|can i {skip|leave it|leave this|skip this|leave it blank|skip it|leave this blank|leave it empty}',
  ],
  annoyed: [
    '{怎么|咋|问题|}{这么多|那么多|太多了|太啰嗦|好多|这么麻烦|这么啰嗦|这么长}{问题|啊|哦|要填|}|{太|好|真|也太}{麻烦|烦|啰嗦|长|复杂|繁琐|多}{了|啊|}{吧|}|{还有|还要|还剩|剩}{多少|几个|多久|几项|几题|好多}{题|问题|才完|要填|没填|项|}|没完没了{的|}|{烦|累|麻烦}死{了|}|什么时候{填完|才完|完}|问题咋这么多|要填到什么时候|填到哪了|{这个|这张表|这表|这些|你这个|填这个|填这个表|填完|都|}{要|得|还要|大概要|得要|}{填|搞|弄|花|}{多久|好久|多长时间|好长时间|几分钟|好多时间|到几时|到好久}{才填得完|才搞得完|才完|}|{还有|还剩|还差|剩下}{好多|多少|几个}{没填|要填|才完|}|{太烦|烦得很|烦球得很|麻烦得很|啰嗦得很}{了|}',
    '{this |it |}takes {forever|too long|so long|ages}|{too|so} {long|many questions|much|complicated|tedious|many|boring}|how {long is this|long is it|long will this be|long will this form take|many more|much longer|long is this form|many are left|many questions|much is left|long does it take|much more|many left}{ questions|}|{this is |so |}{annoying|boring|tedious|tiring|too complicated}|is there {much more|a lot more}|how long {will|does|is} {this|it|the form} {take|going to take|last}{ to fill in|}|{this is |it is |}{too much|way too much|a lot}{ for me|}',
  ],
  done: [
    '{就|}{这些|这几个|这个|这样|这么多|这点}{了|吧|}|{没|没有}{别的|其他|其它的|别的了|其他的}{了|}|{选|填|写|弄|搞|传|发|交|拍}{完|好}了|好了|完了|没了|没有了|够了|完成|搞定|可以了|{都|全}{好了|选好了|填好了|填完了|有了}',
    "{that's|that is|that will be|that'll be} {all|it|everything|enough}|{i'm |i am |all |it's |}{done|finished|complete|completed|set}|{nothing|no} {else|more}|no more|that will do|just {these|this|that}",
  ],
  skip: [
    '{这|这个|这题|这项|我|先|}{跳过|略过|过|不填|空着|先空着|先跳过|先不填|跳过去|不写|不答|留空|先跳过去}{吧|了|}{行了吧|}|下一题{吧|}|不想填{这个|}|没有就不填',
    '{skip|leave|pass}{ this| it| this one| it blank| this question| it out| it empty| blank|}|{move|go} past {this|this one|it}|{n/a|na|not applicable|leave it out}',
  ],
  unsure: [
    '{我|这个|我也|还|}{不晓得|不知道|搞不清楚|说不清|不清楚|真不晓得|拿不准|记不到了|没想好|在考虑|没定|不确定|不好说|难说|没决定|说不准|不了解|没想过|搞不清}{呢|啊|哦|}|忘{了|记了}|{记|想}不{起来|得}{了|}|记不清{了|}|还没{想好|定|考虑好|决定}|看情况|再想想|我咋个晓得|大概吧',
    "i {don't know|do not know|have no idea|am not sure|can't say|couldn't say|can't remember|forgot|haven't decided|am unsure}|i'm not sure|{no |not a |}{idea|clue}|{not sure|unsure|don't know|dunno|not certain|idk|maybe|perhaps|it depends|not decided}{ yet|}|i really couldn't say",
  ],
  none: [
    '{都|一个都|上面的都|上面都|哪个都|这些都|没一个|以上都|以上|全都|统统}{不是|没有|不沾边|不合适|不对|不符合|不属于|不在}{里面|}|{没有|没|没得}{我这种|合适的|我的情况|一个|我要的|我的|对的}|{不在|没在}{里面|这里面|这几个里面|上面}|一个也{没有|不是}|没有一个{是|对|合适|}|其他{的|}|别的',
    'none{ of these| of those| of them| of the above|}{ fit| apply|}|neither|not {any|any of them|any of these|listed|on the list}|nothing fits|{something |}else|other|no match',
  ],
  yes: [
    '{嗯|}有|办好了的|{嗯|对|是|好|行|可以|当然|同意|确认|确定|没错|没问题|没毛病|对头|要得|得行|中|得|可}{的|了|噻|啊|哈|吧|呀|}{对|的|}|{嗯嗯|对对|是是|好好|办了办了|对对对|嗯嗯嗯|是是是}{的|}|{嗯对|嗯是的|是啊|对呀|有的|有了|要的|没有问题|就这样|好嘞|好滴|好哒|ok的}',
    "{yes|yep|yeah|yup|y|sure|ok|okay|right|correct|exactly|true|fine|confirm|agreed|of course|absolutely|certainly|definitely|k}{, |}{ i do| i have| that's right| it is| please| sir|}|yes i {have one|do have one|have it|got it}|{that's |that is |all |looks |it's }{right|correct|good|fine|true|ok}|no problem|sounds good|will do|all good",
  ],
  no: [
    '{不|否|不是|没|没有|不要|不用|不行|不可以|不需要|不同意|不可能|暂时没有|暂无|目前没有|还没有|还没|没得|无|未}{的|了|噻|啊|哈|吧|呢|}|{还|目前|暂时|现在|}{没有|没|没得|没去|未}{办|开|做|注册|弄|想过|过}{呢|噻|}|不了|不贷|不办|不要了|不{得|想|}{搞|弄|整|干}{了|咯|噻|啦|}|还差一点没办下来',
    "{no|nope|nah|not|never|n|negative}{ yet| at the moment| now| i don't| i haven't| thanks| really| way|}|i {don't|do not|haven't|have not}{ have one| have any| yet|}|{none|nothing|not any} yet|not {really|at all|for now|at present}",
  ],
  nod: [
    '{哈|呵|嘿|嘻|哦|噢|喔|呃|嗯哼|咳}{哈|呵|嘿|嘻|}{哈|嘿|呵|}|{好的|嗯|好|哦|}{晓得了|知道了|明白了|收到|了解了|懂了|明白|知道|了解|清楚了}|你好|您好|在吗|在不在|谢谢{你|您|啦|了}|辛苦了|好吧|厉害|不错|可以的',
    '{haha|hahaha|lol|hmm|hm|oh|aha|hello|hi|hey|thanks|thank you|good morning|good afternoon}|{i see|got it|understood|okay then|alright|i understand|noted|great|nice|cool|good|all right|i know}',
  ],
} as const satisfies Readonly<Record<string, readonly [string, string]>>

/** What people do at a step besides answering it, and the short words that may be an answer. */
export type Act = keyof typeof ACT_PHRASES
