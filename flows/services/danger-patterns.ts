/** Read on folded text: NFKC, small letters, simplified characters, marks as commas. */

/** A firm that cannot go on is a question of the plan, not of a life; neither is what is deadly only by figure of speech. */
export const NOT_A_LIFE =
  /(?:公司|企业|店子?|铺子|生意|厂子?|合作社|项目|养殖场|农庄|猪|鸡|鸭|牛|羊|鱼|树|苗|菜|茶)(?:场|们|都|也|快|实在|真的|已经|就|要|眼看|又|一直|[a-z]{0,3}){0,4}(?:活不下去|活不成|撑不(?:住|下去)|熬不(?:住|下去)|做不下去|开不下去|要死|死了|快死了|死光)了?|(?:笑|累|烦|热|冷|困|气|急|忙|渴|吓|美|爱|乐|高兴|丑|慢|贵|难)死(?:我|人|个人|了|啦)+|死(?:活|心|板|板的|期|账|循环|机|角|水)|死亡证明|(?:die|dying) (?:of laughter|to (?:know|see))|(?:phone|battery|computer|laptop|line|business|firm|shop|company|deal)(?: \w+){0,2} (?:died|dead|is dying)|(?:打|拨)(?:了)?(?:110|120)都|kill(?:ing)? time|deadline|dead ?line|suicide squad/g

export const DISTRESS: readonly RegExp[] = [
  /(?:不想|不愿|不想再|懒得)(?:再)?活|活(?:不下去|不成|着没(?:意思|劲|意义|什么)|够了|腻了|不了|得(?:太|好|很)?(?:累|苦|没意思))|(?:想|要|(?<=我|想|要)去|不如|就|只有|只好|只能|干脆)(?:去)?死(?!人|亡|者|记)(?:了(?!解)|掉|算了|吧|给|在|,|$|的心|一死|算球)|想死|寻死|找死路|死了(?:算了|干净|才好|一了百了)|(?:一|等)死了之|等死|求死|让我死|死路一条|只剩死路/,
  /自杀|自尽|自残|自缢|轻生|寻短见|一了百了|了结(?:自己|此生|一生|算了)|不如死|生不如死|生无可恋|没(?:有|得)?(?:活路|生路|指望了|盼头了)|走投无路|活下去的(?:勇气|理由|意义)|没(?:有)?脸活|没法活|活不起|(?:一家人?|全家|我们家)(?:都)?(?:等死|活不下去|没法活|活不了)/,
  /(?:我|实在|真的|快|要|人)(?:真的|快要?|就要|都|已经|实在|是|也)?(?:撑|熬|扛|顶|挺)不(?:住|下去|过去)了|想不开|结束(?:我的|自己的|这)?(?:生命|一切|一生)|(?:想|要|准备|打算|去|就)(?:去)?(?:跳楼|跳河|跳桥|跳江|上吊|割腕|割脉|卧轨|服毒|喝(?:农)?药|吃安眠药|烧炭|投河|撞墙|撞车)|喝(?:了)?(?:农药|敌敌畏|百草枯)|吞(?:了)?(?:安眠)?药/,
  /(?<!有)(?:没|没有|没得|三天没|几天没|两天没|好几天没|断了|揭不开|吃不上|吃不起|快没)(?:饭吃|吃饭了?$|吃的了?|东西吃|锅|粮(?!票|店|库|油店)|饭了)|(?:\d+|[一二两三四五几好多])天没(?:有)?吃(?:饭|东西|的|过)|饿(?:着肚子|得不行|死了|昏|晕)|要饿死|快饿死/,
  /(?:过|日子)(?:不下去|过不下去|没法过)了|(?:人生|活着|日子|生活)(?:真|太|好|很|实在)?(?:没意思|没意义|没希望|没盼头|绝望)|(?:我|人|感到|觉得|非常|彻底|太)(?:很|好|真的|已经|都|快|要)?(?:绝望|崩溃)(?:了)?|(?:抑郁|忧郁)(?:症)?(?:很|犯了|发作|得|了)|没人在乎我|世上(?:没|多余)/,
  /\b(?:kill(?:ing)? myself|suicid\w*|end(?:ing)? (?:my life|it all|things|everything)|want(?:ed)? to (?:die|end it|be dead)|wanna die|wish i (?:was|were) dead|ready to die|going to die soon|don'?t want to (?:live|be here|wake up|exist|go on)|do not want to (?:live|be here|wake up|exist|go on)|no (?:reason|point|will) (?:to|in) (?:liv\w+|go(?:ing)? on)|better off (?:dead|without me)|can'?t go on|cannot go on|can'?t take (?:it|this)(?: any ?more| any longer)?|can'?t do this any ?more|take my own life|(?:isn'?t|not) worth living|nothing (?:left )?to live for|lost all hope|hopeless|(?:hang|hurt|harm|cut(?:ting)?|drown|shoot|poison) myself|jump(?:ing)? off|self[- ]?harm|overdos\w*|(?:feel|am|i'm) (?:so |totally |completely )?desperate)\b/,
  /\b(?:(?:i|we|kids|children|family)(?:'m|'re| am| are| is)? (?:\w+ )?starving|nothing (?:left )?to eat|no food (?:at home|left|for)|(?:haven'?t|have not|hasn'?t|not) eaten (?:for|in) (?:\w+ )?(?:days?|two|three))\b/,
]

export const THREAT: readonly RegExp[] = [
  /(?:炸|砸|烧|端|拆|铲)(?:了|掉|死|平|光)?(?:你们|他们|这个|那个|工商|政府|微企办|办公室|办公楼|单位|大楼|窗口|大厅)|(?:弄|打|砍|捅|杀|整|干|搞|掐|做)(?:死|掉|了|残)(?:你|他|她|你们|他们|那个|这个|几个|人)|(?:砍|捅|杀|打死|弄死|揍)(?:了)?(?:你|他|她|你们|他们|这帮|那帮|几个)(?!有|是)|杀(?:人|你全家|了你|个人)|同归于尽|鱼死网破|血债|血溅/,
  /(?:提|拿|带|揣|买)(?:着|把|了|上)?(?:着)?(?:把)?(?:刀|斧头|汽油|炸药|雷管|炸弹|枪|家伙)(?:来|去|到|找|等|上门|过来)?|报复(?:社会|你们|他们|政府)|让你们(?:好看|后悔|不得安宁|付出代价|吃不了兜着走|都死)|放(?:把)?火(?!锅)|一把火烧|(?:等着|走着)瞧(?:吧)?.{0,6}(?:刀|死|命)|(?:小心|要)(?:你|你们)的?(?:狗)?命|(?:死在|吊死在|跳楼(?:给|死在)|自焚|烧死在).{0,6}(?:你们|政府|微企办|办公室|门口|面前)|来(?:堵门|闹事|砸场)|带人来(?:闹|砸|堵)|别怪我(?:不客气|动手|心狠)/,
  /\b(?:(?:i'?ll|i will|i am going to|i'?m going to|gonna|we will|we'?ll|i could|going to) (?:\w+ )?(?:kill|bomb|shoot|burn|stab|blow|smash|hurt|attack|beat|murder|destroy) (?:you|him|her|them|your|the (?:office|clerk|staff|officer|place|building)|every|all|some)|bomb threat|blow (?:you|the place|your office|it) up|blow up (?:your|the)|burn (?:it|your|the) (?:\w+ )?(?:down|office|building|place)|(?:with|bring\w*|have|got) a (?:knife|gun|bomb)|watch your back|you(?:'ll| will) (?:pay for this|regret|be sorry)|or else|smash (?:up )?(?:your|the))\b/,
]

export const EMERGENCY: readonly RegExp[] = [
  /救命|(?<!发)着火|起火|失火|火灾|烧起来|(?:叫|打|喊|拨)(?:个|了|一下)?(?:救护车|急救|120|110|119)|(?:^|快|马上|赶紧|赶快|帮我|请|我要|要)报警(?!.{0,6}[吗么])|(?:有人|他|她|我|老人|孩子|娃|小孩|爸|妈|老公|老婆)?(?:突然|忽然|刚刚?|已经)?(?:晕|昏)(?:倒|过去|厥|迷)|不省人事|没(?:有)?(?:呼吸|心跳|气)了|呼吸(?:困难|不了|不上来)|喘不过气来|心脏病(?:发|犯)|心梗|脑溢血|中风了|抽搐|口吐白沫|休克/,
  /出人命|(?:正在|有人|外面)(?:在|有人)*(?:抢劫|打我|砍人|打人|行凶|持刀|拿刀|偷|入室)|被(?:人)?(?:打(?!回|折|包|动|开|断|击|扰|下来)|砍(?!掉|价)|抢(?!光|完|先|手|注)|绑架|拐|捅|强奸|性侵|囚禁|非法拘禁|关起来)了?|(?:老公|丈夫|男人|老婆|爸|后爸|他)(?:又|天天|老是|经常|在)?打我|家暴|(?:煤气|燃气|瓦斯)(?:泄漏|漏|中毒)|触电|溺水|掉(?:到|进)(?:河|水|井)|大出血|(?:流|出)(?:了)?(?:好多|很多|一地)血|血流不止|出车祸|车祸|撞(?:到|了)人|中毒了|食物中毒|误(?:食|服)|(?:孩子|娃|宝宝|小孩)(?:走丢|丢了|不见了|失踪)/,
  /(?:孩子|娃|娃儿|宝宝|小孩|婴儿|老人|爸|妈|我)(?:现在|一直|突然)?(?:发)?(?:高)?烧(?:到|了|得)?(?:了)?(?:三十[八九]|四十|3[89]|4[0-2]|不退|很高|得厉害|得烫手|糊涂)|(?:发|高)烧(?:到)?(?:三十[八九]|四十|3[89]|4[0-2])|(?:发水|洪水|泥石流|地震|塌方|山体滑坡|房子(?:塌|倒)了?|被困|被埋|被淹)(?!.{0,4}补)|要生了|羊水破了/,
  /\b(?:ambulance|on fire|house (?:is )?burning|call (?:the )?(?:police|120|110|119|911)|heart attack|stroke|seizure|(?:he|she|somebody|someone|father|mother|dad|mum|mom|wife|husband|son|daughter|worker|man|woman|child) (?:has |have |just |suddenly )*collaps\w+|unconscious|not breathing|can'?t breathe|bleeding|break(?:ing)? into|being attacked|attacked me|gas leak|robb(?:ed|ery|ing)|kidnap\w*|rap(?:e|ed)|hitting me|hits? me|beats? me|beating me|domestic violence|overdose|car (?:crash|accident)|drown(?:ing|ed)|poison(?:ed|ing)|high fever|fever of (?:3[89]|4\d|10\d)|missing child|someone is dying|is dying|emergency|earthquake|trapped)\b/,
]

export const SCAM: readonly RegExp[] = [
  /(?:有人|他们?|对方|客服|自称|冒充|说是|电话里|微信上|短信).{0,16}(?:叫|让|要|喊|骗|催)(?:我)?.{0,10}(?:转(?:账|钱|款|\d|[一二两三四五六七八九几])|打钱|汇款|保证金|验证码|银行卡密码|屏幕共享|共享屏幕|下载(?:个)?(?:app|软件)|扫码付|刷流水|解冻费|点(?:那个|个)?链接|先交(?:钱|费|\d))/,
  /(?:我|妈|爸|老人)(?:好像|是不是|可能|已经|刚)?被(?:人)?骗(?:了|走|钱)|(?:钱|卡里的钱)被(?:人)?(?:骗|转)走|(?:骗走|骗了)(?:我|我的|我们)(?:的)?(?:钱|\d|[一二两三四五六七八九几])|(?:把)?验证码(?:给了|告诉了|发给)|(?:转账|转钱|打钱|汇款|交钱)(?:给他|过去)?(?:了)?.{0,6}(?:被骗|拉黑|联系不上|找不到人)|(?:说|讲)(?:我)?中奖|安全账户|刷单|冒充(?:你们|微企办|政府|工作人员|领导)/,
  /\b(?:(?:i was|i'?ve been|i got|been|my \w+ was) (?:scammed|cheated|swindled|conned|defrauded)|asked (?:me )?for (?:my |a |the )?(?:verification code|otp|pin|bank password|card number)|(?:asked|told|wants?|wanted) me to (?:transfer|wire|send|pay)(?: \w+){0,3} (?:money|fee|deposit|yuan|\d+)|pretend\w* to be (?:from|you|the)|phishing|share my screen|pay a (?:deposit|fee) (?:first|before|up ?front)|gave (?:him|her|them) (?:the|my) (?:code|password))\b/,
]

export const BRIBERY: readonly RegExp[] = [
  /(?:我要|我想|想|要|在哪|到哪|去哪|怎么|如何|实名|匿名|向谁|找谁)(?:里|儿|去|来)?(?:举报|检举|揭发|告发)|^(?:匿名|实名)?(?:举报|检举|揭发)/,
  /(?:工作人员|办事员|办事的|经办|干部|村长|支书|主任|领导|科长|窗口|他们?|她|有人|管事的|中介|局里|镇里|村里|乡里)(?:的|人|说|明说|暗示|那个|还|都|又|想|开口|直接|就|居然|竟然)*.{0,6}(?:要|收|索|讨|敲|吃|拿|给)(?:了|我|走|取|他|她|点|我们|老百姓)*.{0,5}(?:钱|好处|红包|回扣|烟|酒|礼|辛苦费|茶水费|好处费|手续费|意思意思|表示表示|块|千|百|万|过路费|买路钱)(?!.{0,10}(?:怎么(?:处理|罚|处罚)|什么(?:规定|要求|处分)|有补助|补助)|.{0,2}[吗么不]|.{0,3}可信)/,
  /(?:找|问|跟|向|管)(?:我|我们|老百姓|人)(?:要|收|讨|索)(?:了)?.{0,4}(?:钱|好处|红包|烟|酒|回扣|辛苦费|茶水费|手续费|礼)|(?:给|塞|送|交)(?:他|她|他们|你们|主任|领导|干部)?.{0,3}(?:[一二两三四五六七八九十\d]+(?:千|百|万|块|元|条烟)|钱|红包|好处)(?:块|元|钱)?.{0,4}(?:才|就)(?:能|给|可以|肯|会)?(?:批|办|过|盖|签)|(?:不|没)(?:给|分|送|塞)(?:钱|红包|礼|好处|他).{0,4}(?:就)?不(?:给|批|办|盖|签)|(?:要|收|吃|拿)(?:了)?(?:我(?:们)?)(?:的)?(?:好处费?|红包|回扣|黑钱)/,
  /吃拿卡要|索贿|受贿了|贪污(?:了|我们|补助)|(?:克扣|私吞|截留|扣了)(?:了)?(?:我|我们|大家)?(?:的)?(?:钱|补助|一半)|把我的(?:钱|补助)扣|乱收费(?!怎么|有|的规定)|冒领|(?:有人|他们?|她|隔壁|邻居|村里|亲戚).{0,10}(?:骗补|套补|套取|造假|弄虚作假|假材料|假合同|死人的名字)|(?:分|给)(?:他|她|他们)(?:一半|[一二三四五六七八九十\d]+(?:成|%))|暗示我.{0,6}(?:表示|意思|送)/,
  /\b(?:(?:report|reporting) (?:a |an |some |the )?(?:bribe\w*|corrupt\w*|fraud|official|officer|clerk|misconduct|crime)|(?:want|like|wish|need) to report\b|(?:asked|asks|asking|wants?|wanted|demand\w*|hinted|took|takes|expects?)\b.{0,24}\b(?:bribe\w*|kickback\w*|gift|present|red envelope|a cut)|(?:someone|somebody|clerk|officer|official|staff|inspector|he|she|they|village head|boss)\b.{0,20}\b(?:asked|asks|wants?|wanted|demand\w*|took|takes)\b.{0,16}\b(?:money|cash|yuan|\d+)\b(?! back)|under the table|whistle ?blow\w*|(?:they|he|she|official\w*|clerk\w*) (?:is|are) corrupt|forged papers|fake (?:papers|application))\b/,
]

export const MINOR: readonly RegExp[] = [
  /(?:我|本人|我儿子|我女儿|我弟弟?|我妹妹?|孩子)(?:今年|现在|才|还|只有|刚|刚满|马上|快|是|还是)*(?:(?:[6-9]|1[0-7])岁|(?:六|七|八|九|十|十[一二三四五六七])岁)(?!以上|时|那年|就|开始|的时候)|(?:我|本人)(?:还|是|还是|今年)*(?:未成年|没成年|没满十?[八8]|不满1?8|未满1?8|没到1?8|还没满十八|小学生|初中生)|(?:还|才|是)(?:个)?未成年(?!人(?:能|可以|有|的))/,
  /\b(?:i am|i'm|im|only|my (?:son|daughter|brother|sister) is) (?:just |only )?(?:[6-9]|1[0-7])(?: years? old|yo| y\/o)?(?=$|[ ,?]|\band\b)(?! (?:people|employees|workers|years? in|months|yuan|km|percent))|\b(?:i am|i'm) (?:a minor|under ?age|not (?:yet )?18|under 18|still a (?:child|kid))\b/,
]
