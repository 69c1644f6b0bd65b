const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'
const REGIONS = ['520102', '520103', '520111', '520112', '520113', '520115', '520121', '520122']
const DAY = 86_400_000

/**
 * A valid identity number (GB 11643-1999) of nobody: the order code 000 is never given out. Different
 * for each `person` below 100 000, born from 1960 on.
 */
export function identityNumber(person: number): string {
  const region = REGIONS[person % REGIONS.length] ?? ''
  const born = new Date(Date.UTC(1960, 0, 1) + Math.floor(person / REGIONS.length) * DAY)
  const digits = `${region}${born.toISOString().slice(0, 10).replaceAll('-', '')}000`
  return digits + checkOf(digits)
}

function checkOf(digits: string): string {
  const sum = [...digits].reduce(
    (total, digit, at) => total + Number(digit) * (WEIGHTS[at] ?? 0),
    0,
  )
  return CHECKS[sum % 11] ?? ''
}

/** The same with a wrong last character, as a person mistypes it. */
function mistyped(number: string): string {
  return number.slice(0, 17) + (number.endsWith('7') ? '8' : '7')
}

/** What one person types from the greeting to the number of the application, one line a turn. */
export function applicationLines(person: number): string[] {
  const number = identityNumber(person)
  return [
    '/start',
    '我要申请',
    '同意，开始填',
    `我叫王小明，手机139${String(person).padStart(8, '0')}，在南明区`,
    mistyped(number),
    number,
    '花果园街道',
    '跳过',
    '说不准',
    ...(person % 2 === 0 ? ['不同意'] : ['同意填', '都不是']),
    `小明${person}号早餐店`,
    '否',
    '茶叶',
    '5万',
    '3',
    '1',
    '没有合作',
    `买${1 + (person % 9)}台蒸箱，付半年房租`,
    '否',
    '提交',
  ]
}

/** The application number in what the bot said, or null. */
export function numberIn(answer: string): string | null {
  return /GY18-\d{2}-\d{5,}[\dX]/.exec(answer)?.[0] ?? null
}
