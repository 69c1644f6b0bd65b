import { checkIdentityNumber } from '../numbers/identity-number.ts'
import type { PlaceTable } from '../places/place-table.ts'
import { checkField } from './check-field.ts'
import type { FieldContext } from './field-input.ts'
import type { Form } from './form.ts'
import type { FormField, FormValue } from './form-field.ts'
import { looksLikeName } from './surnames.ts'

type Kind = FormField['kind']
type Finder = (text: string, context: FieldContext) => string[]

/**
 * The answers that stand in a sentence beyond doubt (`我叫张三，电话139…，在花溪区青岩镇`), by field: a
 * name after its cue, and numbers whose check digits fit, a mobile number, a district by its full
 * name. Two of a kind, somebody else's, a sensitive field or one that was answered: nothing. Whatever
 * it returns, `checkField` takes.
 */
export function recognise(
  form: Form,
  text: string,
  context: FieldContext,
): Record<string, FormValue> {
  const typed = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .slice(0, LONGEST)
  const found: Record<string, FormValue> = {}
  for (const [kind, find] of FINDERS) {
    const fields = form.fields.filter((field) => field.kind === kind && !field.sensitive)
    const [field, ...others] = fields
    if (field === undefined || others.length > 0 || field.id in context.answers) continue
    const [only, ...more] = new Set(find(typed, context))
    if (only === undefined || more.length > 0) continue
    const said = kind === 'place' ? { chosen: [only] } : { typed: only }
    const checked = checkField(field, said, context)
    if ('value' in checked) found[field.id] = checked.value
  }
  return found
}

const LONGEST = 1000

const FINDERS: readonly (readonly [Kind, Finder])[] = [
  ['name', names],
  ['identity-number', (text, { today }) => identityNumbers(text, today)],
  ['mobile', (text) => own(text, MOBILE)],
  ['credit-code', (text, { today }) => creditCodes(text, today)],
  ['place', (text, { places }) => districts(text, places)],
  ['bank-card', accounts],
]

const CUE =
  /(?:我叫|我名叫|我的名字[叫是]|(?:本人|我的)?姓名)[:是叫为\s]*([\p{Script=Han}·]{2,20})(?![\p{Script=Han}·])/gu
const I_AM = /^\s*(?:你好|您好)?[,!.\s]*我是([\p{Script=Han}·]{2,20})(?![\p{Script=Han}·])/gu
const ENGLISH = /\b[Mm]y name is ([A-Z][a-z]+(?: [A-Z][a-z]+){1,3})(?=\s*(?:[,.;!]|$))/g
/** After 我是 these say what somebody is, and not who. */
const ROLE = /[人生工农兵户者员板民家的长匠师商族友乡村镇区县市省]|老|退|毕业/u

/** 我是张三 counts only beside a number that says it is about the person. */
function names(text: string, { today }: FieldContext): string[] {
  const groups = (pattern: RegExp) => [...text.matchAll(pattern)].flatMap(([, name]) => name ?? [])
  const told = identityNumbers(text, today).length > 0 || own(text, MOBILE).length > 0
  const introduced = told ? groups(I_AM).filter((name) => !ROLE.test(name)) : []
  return [...[...groups(CUE), ...introduced].filter(looksLikeName), ...groups(ENGLISH)]
}

const IDENTITY = /(?<![\dA-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dA-Za-z])/g
const MOBILE =
  /(?<![\dA-Za-z+-])(?:(?:\+86|0086)[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\dA-Za-z-])/g
/** An enterprise, a household or a cooperative; an identity number never begins so. */
const CREDIT = /(?<![\dA-Za-z])9[1-3]\d{6}[\dA-HJ-NP-RTUWXY]{10}(?![\dA-Za-z])/gi

function identityNumbers(text: string, today: string): string[] {
  return own(text, IDENTITY).filter((one) => {
    const checked = checkIdentityNumber(one, today)
    return checked.ok || checked.problem === 'under-18'
  })
}

/** What has the build of an identity number may be a mistyped one: one code in 31 fits by chance. */
function creditCodes(text: string, today: string): string[] {
  return own(text, CREDIT).filter((one) => {
    const checked = checkIdentityNumber(one, today)
    return !checked.ok && (checked.problem === 'characters' || checked.problem === 'date')
  })
}

const ACCOUNT = /(?<![\dA-Za-z+-])\d(?:[ -]?\d){15,18}(?![\dA-Za-z-])/g

/** As long as a card's number, and no identity number. */
function accounts(text: string, { today }: FieldContext): string[] {
  return own(text, ACCOUNT).filter((one) => !checkIdentityNumber(one, today).ok)
}

/** Somebody else, in the words just before a number. */
const OTHERS =
  /(?:老婆|老公|爱人|妻子|丈夫|儿子|女儿|爸|妈|父亲|母亲|哥|姐|弟|妹|朋友|亲戚|同事|合伙人|他|她|别人|客服|你们|您们|微企办|不是|\b(?:his|her|their|your|wife|husband|friend|not)\b)[^,。;!?]*$/i

function own(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)]
    .filter(({ index }) => !OTHERS.test(text.slice(0, index)))
    .map(([number]) => number.replace(/[ -]/g, '').toUpperCase())
}

/** Only by its full name, and where the words around it make it no home, birthplace or other city. */
function districts(text: string, { own: places, city }: PlaceTable): string[] {
  return places.flatMap(({ id, name, short }) => {
    const full = [name['zh-Hans'], ...(/[区县市]$/.test(short) ? [short] : [])]
    const latin = name.en.replace(/\s*\(.*\)$/, '')
    const here = full.some((one) =>
      around(text, one).some((words) => isBusinessPlace(words, city.names)),
    )
    const spelled = around(text, latin).some(
      ({ before }) => !ELSE_BEFORE.test(before) && /(?:^|\bin)\s*$/i.test(before),
    )
    return here || spelled ? [id] : []
  })
}

type Around = { readonly before: string; readonly after: string }

/** The words of the clause before and after each place where a name stands. */
function around(text: string, name: string): Around[] {
  const parts = text.split(name)
  return parts.slice(1).map((_, index) => ({
    before: CLAUSE_END.exec(parts.slice(0, index + 1).join(name))?.[0] ?? '',
    after: CLAUSE_START.exec(parts.slice(index + 1).join(name))?.[0] ?? '',
  }))
}

const CLAUSE_END = /[^,。;!?、\n]*$/
const CLAUSE_START = /^[^,。;!?、\n]*/
const ELSE_BEFORE =
  /不|没|原来|原先|以前|之前|曾|老家|户口|户籍|身份证|出生|毕业|住|搬|离开|附近|隔壁|\b(?:not|from|born|live|lived|near)\b|n't/i
const ELSE_AFTER = /住|打工|上班|长大|出生|读书|户口|户籍|人$|附近|隔壁|吗$|[?？]/

/** A beginning, 在, 位于 or the city's name, perhaps after its province's, stands right before it. */
function isBusinessPlace({ before, after }: Around, city: readonly string[]): boolean {
  if (ELSE_BEFORE.test(before) || ELSE_AFTER.test(after)) return false
  const name = city.find((one) => before.endsWith(one)) ?? ''
  const left = before.slice(0, before.length - name.length)
  return /(?:^|\s|[:在于到])(?:\p{Script=Han}{2,3}省)?$/u.test(left)
}
