import { identityNumber } from '../../helpers/applicant.ts'
import { beginning, type createDryTalker } from './dry-talker.ts'

/** One way from the greeting to a number: what is typed, how many inputs, and how many characters are to be read. */
export type ApplyPath = { name: string; inputs: number; characters: number; handedIn: boolean }

const NUMBER = identityNumber(1)
const TO_THE_FORM = ['/start', '我要申请', '同意，开始填']
const END = ['小明早餐店', '茶叶', '没有合作', '买蒸箱，付半年房租', '否', '提交']

/** The longest way that the form has, each question answered at once, and the way of who has least to say. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  'key group, licence, helpers': [
    ...TO_THE_FORM,
    `王小明 ${NUMBER} 13900000001`,
    '南明区花果园街道兴隆村',
    '说不准',
    '同意填',
    '退伍',
    '退伍证',
    '小明早餐店',
    '91520102MA6DXXXX0X',
    '茶叶',
    '5万',
    '3人，1个',
    ...END.slice(2),
  ],
  'no key group, no licence, alone': [
    ...TO_THE_FORM,
    `王小明 ${NUMBER} 13900000001`,
    '南明区花果园街道',
    '跳过',
    '否',
    '不同意',
    '小明早餐店',
    '没有',
    '卖早餐',
    '5万',
    '1',
    ...END.slice(2),
  ],
}

/** Walks them in Chinese with buttons, as on the web; what buttons say is not counted. */
export async function walkApplyPaths(
  talk: ReturnType<typeof createDryTalker>,
): Promise<ApplyPath[]> {
  const paths: ApplyPath[] = []
  for (const [name, lines] of Object.entries(PATHS)) {
    let moment = beginning('zh-Hans')
    let characters = 0
    let last = ''
    for (const line of lines) {
      const heard = await talk(moment, line)
      if (process.env.SHOW_PATH === '1') console.log(`> ${line}\n${heard.text}\n`)
      moment = heard.moment
      characters += [...heard.text].length
      last = heard.text
    }
    paths.push({ name, inputs: lines.length, characters, handedIn: last.includes('交上了') })
  }
  return paths
}
