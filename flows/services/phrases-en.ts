import type { PHRASES_ZH } from './phrases-zh.ts'

/** The same in English; what has no phrase in one language does not compile. */
export const PHRASES_EN: Readonly<Record<keyof typeof PHRASES_ZH, string>> = {
  apply:
    "{i want to|i'd like to|i would like to|i wanna|let me|help me|can i|how do i|how can i|how to|where do i|where can i|may i|} {apply|apply for the grant|apply for the subsidy|apply for support|apply here|apply now|register|sign up|sign up here|enrol|fill in the form|fill in the application|start my application|start an application|make an application|submit an application|get the subsidy|get started}|apply|application|new application|{put|sign} me {up|down} for {it|the grant|the subsidy|the programme}|sign me up|open the application form|begin my application|i want in|application form|get me started with the paperwork for the subsidy",
  resume:
    '{continue|finish|go back to|resume|complete|pick up} {my|the} {form|draft|application|application i started}|i {started|filled in half|had started filling it in} {yesterday|last week|before}|my draft|where is my {draft|form}|continue where i left off|can i {carry on|continue} where i {left off|stopped}|resume|half-filled form|is my draft still there|i did not finish the form|unfinished application',
  status:
    "{what is happening|what happened|what's happening|any news|any update|update me|what's the status|what is the status} {with|on|about|of|to} my {application|case|grant}|{has|was|is} my {application|case|grant} {been approved|approved|decided|looked at|reviewed|finished|rejected|processed|ready|through}|{when will|did} {i hear back|they decide|they approve it|my case be decided}|status|{my |application |case |check |check my |my application |my case }{status|progress}|where is my {application|case}|track my {application|case}|check my {application|case}|how far is my {case|application}|how {is my|my} {case stands|application going|application stands|case}|did my application {go through|pass|get approved|succeed}|did {i pass|they approve me|i get it|i get approved}|was i approved|is it approved yet|is there {a decision|any decision|news}{ yet|}|kindly update me on my case|i applied {weeks|months} ago{ and heard nothing|}",
  supplement:
    '{i want to|how do i|where do i|let me|i need to} {send|add|hand in} {the missing paper|the missing papers|a missing document|more documents|what is missing}|you asked me for {a|another} {paper|document|photo}|what {papers|documents} are {still |}missing{ from me|}|supplement|missing {papers|documents}|my application was {returned|sent back}|{they|you} want {more|another} {documents|document|papers} from me|i was asked for another paper',
  documents:
    "{i want to|how do i|how can i|where do i|let me|i'd like to} {send|upload|hand in|submit} {my papers|papers|a document|documents|my documents|my licence|a photo|photos|a file|the lease}|{upload|send} {papers|documents|a photo|a file|my papers|my documents}|my papers|i have the paper you wanted where do i put it|here is the lease you asked for",
  papers:
    '{what|which} {papers|documents|paperwork} {do i need|should i bring|must i bring|are needed|are required|do i have to bring|do i bring|to bring|do you need}{ to apply| for the application| with me|}|what {should|must|do} i {bring|take along|prepare}|{list of |required |}{documents needed|papers needed|required documents|required papers}|what do i need to apply',
  correct:
    '{i want to|i need to|how do i|please|can i} {change|correct|update|fix|edit} my {phone number|name|address|bank account|id number|details|data|application|bank card}|my {phone number|name|address|bank account} {is wrong|has changed|was wrong|changed}|i {gave|typed|entered|put|made} {the|a} {wrong|mistake in the|mistake in my} {number|name|address|account|application|form}|correct my data|fix a mistake in my application|i made a mistake in my application|i misspelled my own name|wrong information in my application|i filled {it|something} in wrong{ how do i fix it|}',
  'withdraw-case':
    "{please |i want to |i'd like to |how do i |can i |}{cancel|withdraw|take back|pull|drop|retract|revoke} {my|the} {application|case|request}|i {no longer want|don't want|do not want} {the subsidy|to apply|it any more|the grant|to apply any more}|scrap my application|take my application out|i changed my mind about applying",
  'withdraw-consent':
    '{i want to |}{withdraw|revoke|take back|cancel} my {consent|agreement|permission}|revoke consent|withdraw consent',
  vouchers:
    '{how many|do i still have any|where are my|where is my|show me my|check my|see my|my|show my} {vouchers|voucher|e-vouchers|e-voucher|vouchers left}|my voucher {code|balance|is lost|has not arrived}|voucher {balance|code}|where did my voucher go|how much is left on my voucher|use my voucher|{apply for|get} {a voucher|an e-voucher|vouchers}|show me the vouchers i was given',
  events:
    '{are there any|any|what|upcoming|my|show me} {events|workshops|info sessions|briefings|training sessions|trainings|sessions}{ near me| this week| this month| soon| coming up| are on|}|{sign up for|join|register for|go to|attend} {training|an event|a session|a workshop|a briefing|the workshop|events}|events|event|when is the next {briefing|event|session|training}|is there a meeting i can attend|cancel my event|put me on the list for the workshop',
  'my-data':
    '{what|which} {data|information|details} {do you|did you} {have|keep|store|hold|save} {about|on|of} me|{show|give|send} me {my data|what you have about me|what you stored|my information}|my {data|information|details|personal data|records}|what do you {know|have on file|have stored} about me|what have you saved about me|see my {personal information|data|records}|show my data',
  'my-copy':
    '{a |get a |give me a |send me a |i want a |}copy of my {data|information|records}|{export|download} my {data|information}|give me a copy{ of what you stored|}|get a copy',
  erase:
    '{please |i want to |can you |}{delete|erase|remove|wipe|get rid of|clear} {my data|my personal information|my information|everything about me|me from your system|all my records|my account|all my data|me|this chat|my records}|{forget|erase} me|delete {everything you have about me|account}|i want all traces of me gone|close my account',
  link: '{connect|link|merge|join|move} {my|this|my two} {accounts|two accounts|chats|chat with telegram|other phone|chat to my new phone|chat to another phone}|i {changed|have a new|lost my} phone{ how do i continue| how do i get my old chat back| how do i keep my chat|}|link|link {accounts|code}|connect telegram|use my other account|move everything to my new phone',
  unlink: 'unlink{ my chats| this chat| accounts|}|{remove|undo} the link|disconnect my accounts',
  notices:
    '{change|turn off|switch off|turn on|manage|how do i switch off|how do i turn off} {my|the|} {notifications|reminders|alerts|notification settings|notification preferences}|{fewer|less|i want fewer} {reminders|notifications|messages}|settings|{notification|reminder} settings|preferences|notifications|no messages at night',
  stop: "{stop|quit|no more|please stop} {sending me messages|texting me|messaging me|these messages|sending me stuff|texts|messages|notifications|spam}|{take|remove} me {off|from} {your|the} list|{don't|do not} {message|text|contact} me{ again| any more|}|leave me alone|unsubscribe me|cancel my subscription|stop contacting me|i don't want {your messages|any more messages}|opt me out",
  person:
    "{i want to|can i|could i|let me|i need to|i'd like to|} {speak|talk|chat} {to|with} {a person|a human|someone|somebody|an officer|staff|a real person|a human being|the staff|your manager|an official|a member of staff}|{can|could} {someone|somebody|a person|you} {call me|call me back|help me|phone me|ring me}|{put me through|connect me|transfer me} to {a person|staff|an officer|an agent|a human}|{real|live} person|call me{ back| please|}|i {want|need} a {human|person|human being|real person}|customer service|contact staff|representative|operator|get me an officer|not a robot|is there a human there|a person please|i'd rather deal with a human being",
  office:
    "{where is|what is the address of|what's the address of|how do i get to|the phone number of|how do i contact|where can i find} {the|your|the local|the micro-enterprise|my local} {office|micro-enterprise office}|{what time|when} {do you|are you|does the office} {open|close|open on saturday}|{office |}{address|phone|phone number|hours|opening hours|telephone number|contact details}|{what is|what's} {your|the} {address|phone number|telephone number|number|office phone number}|are you open {on saturday|today|on weekends|now|at weekends}|do you work on weekends|where can i visit you|where are you{ located|}|what's the address of the {yunyan|nanming|huaxi|wudang|baiyun|guanshanhu|qingzhen|xiuwen|xifeng|kaiyang} office",
  english:
    '{speak|use|in|switch to|change to|change language to} english|english{ version| please|}|do you speak english|{i only|i can only|we} speak english|can we use english|no chinese please',
  chinese:
    '{speak|use|in|switch to|change to|change language to} chinese|chinese{ version| please|}|{i only|i can only} speak chinese',
  language: '{change|switch|other|choose} language|language{ settings|}',
  'large-print':
    "{make|i need|can i have|please use|} {the letters|the text|letters|text|the words|words|the font|larger|bigger|large} {bigger|larger|big|letters|text|font|print}|the {text|letters|words|print|font} {is|are} too small|large print|{increase|enlarge} {the |}{font size|font|text}|i can't read this{ it's| it is|} too small|need larger letters for my mother|too small to read",
  'numbers-only':
    '{only|just|can i use only|i only want to use|can i just use|let me use|i want to use only} numbers|numbers only|i can only type numbers|can i {answer|reply} with numbers',
  'cannot-read':
    "{i|my mother|my father|he|she} {can't|cannot|can not|don't know how to|do not know how to} {read|write|type|read or write|use a phone|read and write}|i am illiterate|i'm illiterate|can i {send|use} {voice|a voice message|voice messages}|voice messages|{can i|i want to} speak instead of typing",
  again:
    '{say|repeat|send} {it|that|the last one|the last message}{ again| once more|}|repeat{ that| please|}|say again|pardon|come again|what did you say|i missed that',
  back: '{go|take me|step} back{ one step| to the previous one| a step|}|previous{ step|}|one step back|last step',
  help: '{how|where} do i {use this|use it|begin|start|use this thing}|what {can i|should i|am i supposed to} do{ here| with this|}|show me how {to use it|this works|it works|to use this}|how does {this|it} work|what can you do|what do you do|instructions|help me|i need help|i am lost|guide|user guide|how to start',
  menu: '{back to|show me|go to|open|return to} {the |}{menu|main menu|main screen|home screen|home|start}|show options|home page|options',
  'who-are-you':
    '{am i|are we} talking to {a machine|a robot|a computer|a human|a person|a real person}|is this {a robot|a real person|a bot|an ai|a machine|a person}|are you {a computer|a machine|some kind of robot|a real person|a robot|a bot|human|an ai|real|some kind of computer}|who are you|what are you|what is your name|who runs this|what is this chat|who am i talking to',
  'is-real':
    'is {this|it|that|this chat|this number} {a scam|real|genuine|official|legit|fake|fraud|a fraud|the government|from the government|legitimate|trustworthy|a trick}|are you {a scam|official|from the government|legit|genuine|scammers}|how do i know {this|it|you} {is real|is genuine|are real|is not a scam|are genuine}|scam|is this for real',
  'is-free':
    '{is|will} {it|this|the application|applying|the service|asking} {free|cost anything|cost money|free of charge}|{how much does|what does} {it|applying|this} cost|do i {have to|need to|} pay{ anything| a fee| for this| to apply| for the application|}|{any|is there a|are there any} {fee|fees|charge}|free of charge',
  privacy:
    '{who can|can anyone|can others|who will} {see|read} {what i type|my data|my answers|this chat|what i write}|{is|are} my {data|id number|details|photos|information|id card number} {safe|secret|secure|kept private|kept secret|confidential}|do you {share|sell|give|leak|pass on} my {data|details|phone number|information}{ to others| with anybody| with anyone| to anybody else|}|{will|do|would} you {give|tell|show|sell|pass on|share} my {number|phone number|data|name|details|information|id}{ to| with} {others|anyone|anybody|other people|somebody else|someone else}|did you sell my {data|information|details}|{privacy|privacy policy|data protection}|how do you use my data|is it safe to give my id number|where is my data stored|how long do you keep my data',
  prescreen:
    '{check|see|test|find out|tell me} {if|whether} i {qualify|am eligible|get priority|can get priority|can apply}|{eligibility|quick|pre-screen|priority} check|{check|test} my eligibility|prescreen|pre-screen|pre-screening|do i get priority|am i in a priority group',
  'case-lookup':
    '{look it up|check it|find it|look up|search} by {number|case number}|i have a case number|enter {my |}case number|find my case by its number|look up a case',
  other:
    "{check|show me|look up|what about|tell me about} {his|her|my friend's|my neighbour's|my neighbor's|my brother's|my mother's|my father's|my husband's|my wife's|somebody else's|someone else's|john's} {application|case|status|progress}|can i {apply|fill it in|ask|check} for {someone else|somebody else|my mother|my father|my brother|a friend|another person|my parents}|apply for {someone else|somebody else|my mother|my father|another person}",
  'identity-theft':
    '{someone|somebody|another person|a stranger|they} {used|stole|is using|misused|applied with|has used} my {identity|id|identity card|id card|name|id number|identity number}{ to apply| to get the grant| for an application|}|{my identity|my id|my id card} was {stolen|used|misused}{ by someone|}|i never applied{ but it says i did| but there is an application|}|identity theft|someone applied in my name',
  'tip-off':
    "{i want to|i'd like to|how do i|where do i|can i|let me} report {someone|somebody|a bribe|corruption|fraud|a person|an official|an officer|something|a crime|misconduct|bribery}|report {corruption|a bribe|fraud|bribery|misconduct}|{tip off|tip-off|whistleblow|whistleblowing}|{he|she|they|the clerk|the officer|the official|someone|staff|an official|a clerk|the inspector} {asked me for money|wants a bribe|wanted a bribe|asked for a bribe|wants money|demanded money|took a bribe|wants a gift|asked for money|took money}{ to approve it| to approve my grant| to approve my application|}|someone is cheating|fake applications|a middleman took my money|officials asking for kickbacks",
  complaint:
    "{i want to|i'd like to|how do i|where do i|can i|let me} {complain|make a complaint|file a complaint}{ about staff| about the office|}|complaint|complaints|{the staff|the clerk|your staff|the officer} {was|is|were} {rude|unhelpful|slow}|i have {been waiting|waited} {for |}{three months|two months|months|weeks|half a year|so long|for ever|forever}|nobody {answers|helps|cares|replies}|why {does it take|is it taking|so} {so long|long|slow}|this is too slow|i am {not satisfied|not happy|unhappy|angry}",
  'bot-bad':
    "you {are not answering|did not answer|didn't answer} my question|that is {not what i asked|wrong|not what i meant|not my question}|that's not what i {asked|meant}|you {got me wrong|misunderstood me|did not understand|don't understand|misunderstood}|wrong answer|not helpful|useless answer|irrelevant",
  thanks:
    '{great|ok|perfect|} {thank you so much|thanks a lot|thanks a bunch|thank you|thanks|thx|many thanks|much appreciated|cheers|thank you very much|thanks for your help}',
  bye: '{ok|} {bye|goodbye|bye bye|bye for now|see you|see you later|talk to you later|good bye|good night|have a nice day|that is all bye}',
  projects:
    '{looking for|find me|find|match me with|recommend me|recommend|i want|suggest} {a partner|someone to team up with|a project|a business|a business to start|projects|partners|a business idea}|project matching|what business should i start|any projects near me|is there a project i can join|i want to join {a project|a cooperative}',
  bases:
    '{which|where is the nearest|is there an|is there a|any|find an|where is the} {incubator|incubators|startup park|startup hub|business park|incubation park|demonstration base}{ near me| close to me| near my place| nearby|}|how do i {move into|join|get into} {an incubator|the incubator}|incubators near me|i need {a place to rent|office space}',
  surveys:
    '{where|how} can i {rate|review|give feedback on|rate this} {this|you|this service|}|i {want|would like} to {leave feedback|rate this|make a suggestion|give feedback|fill in a survey}|{survey|feedback|rate|questionnaire|satisfaction survey|suggestion|give feedback|leave a review|make a suggestion}',
  quiz: '{give me|i want|let me do|start|take} {a quiz|some questions to practise|the quiz|a test}|quiz|{practice|training} {quiz|questions}|test my knowledge',
}
