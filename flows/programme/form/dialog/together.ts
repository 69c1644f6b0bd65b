import { type PlaceTable, townshipsIn } from '../../places/place-table.ts'
import { resolvePlace } from '../../places/places.ts'
import { checkField } from '../check-field.ts'
import type { FieldContext } from '../field-input.ts'
import type { Form } from '../form.ts'
import { mayApply } from '../form-answers.ts'
import type { FormAnswers, FormField, FormValue } from '../form-field.ts'
import { recognise } from '../recognise.ts'
import { looksLikeName } from '../surnames.ts'

type Together = NonNullable<Form['together']>[number]

/** The fields that are asked for in one question with this one, itself the first; null where it is asked alone. */
export function togetherWith(form: Form, { id }: FormField, answers: FormAnswers): Together | null {
  const group = form.together?.find(({ fields: [first] }) => first === id)
  const isOpen = (other: string) => {
    const field = form.fields.find((one) => one.id === other)
    return field !== undefined && !(other in answers) && mayApply(field, answers)
  }
  return group?.fields.every(isOpen) === true ? group : null
}

/**
 * The answers to several fields that stand in one line: `王小明 5201… 139…`, `花溪区青岩镇龙井村`, `有，9152…`. Only what is
 * beyond doubt; whatever it returns, `checkField` takes.
 */
export function splitTogether(
  form: Form,
  field: FormField,
  typed: string,
  context: FieldContext,
): Record<string, FormValue> {
  const text = typed
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .slice(0, LONGEST)
  const group = togetherWith(form, field, context.answers)
  if (group === null) return {}
  const fields = group.fields.flatMap((id) => form.fields.find((one) => one.id === id) ?? [])
  const found = recognise(form, text, context)
  const keep = (one: FormField | undefined, said: string | undefined) => {
    if (one === undefined || said === undefined || one.id in found) return
    const checked = checkField(one, { typed: said }, context)
    if ('value' in checked) found[one.id] = checked.value
  }
  const [first, second, third] = fields
  if (first?.kind === 'name') keep(first, nameIn(text))
  if (first?.kind === 'place') {
    const place = context.places.own.find(({ id }) => id === districtIn(text, first, context))
    if (place !== undefined) found[first.id] = place.id
    const { township, village } = partsOf(text, place ?? null, context.places)
    keep(second, township)
    keep(third, village)
  }
  if (first?.kind === 'text') {
    const { township, village } = partsOf(text, null, context.places)
    if (village !== undefined) {
      keep(first, township)
      keep(second, village)
    }
  }
  if (first?.kind === 'yes-no' && second?.kind === 'credit-code') {
    const [code] = /(?<![\dA-Za-z])9[0-9A-Za-z]{17}(?![\dA-Za-z])/.exec(text) ?? []
    keep(second, code)
    if (second.id in found) found[first.id] = true
  }
  if (first?.kind === 'count' && second?.kind === 'count') {
    const [, all, some] = TWO_COUNTS.exec(text.trim()) ?? []
    keep(first, all)
    const total = found[first.id]
    if (some !== undefined && typeof total === 'number' && Number(some) < total) keep(second, some)
    // Two numbers of which only one fits say nothing sure.
    if (!(second.id in found)) delete found[first.id]
  }
  return found
}

const LONGEST = 300

/** `3人，1个重点人员`, `3 1`: all, and those among them. `2男1女` is something else. */
const TWO_COUNTS =
  /^\D{0,6}(\d{1,3})\s*(?:个?人|位|名|个|people)?\s*[,，、;；\s]\s*(?:其中|里面|有|重点人员|including)?\s*(\d{1,3})\s*(?:个|位|名|人|key)?[^\d男女老少]{0,12}$/

/** What is left of a line without its numbers and labels, where that is built like a name. */
function nameIn(text: string): string | undefined {
  const words = text
    .replace(/[\dXx][\dXx -]{9,}/g, ' ')
    .replace(
      /(?:身份证|手机|电话|联系|姓名|名字|我叫|我是|本人|号码|号|是|:|：|\b(?:name|id|identity|mobile|phone|number|is|my)\b)+/gi,
      ' ',
    )
    .split(/[\s,，;；、。.|/]+/)
    .filter((part) => part !== '')
  const [only, ...others] = words.filter((part) => /\p{L}/u.test(part))
  if (only === undefined) return undefined
  if (others.length === 0) return looksLikeName(only) ? only : undefined
  const latin = [only, ...others]
  const isLatin = latin.length <= 4 && latin.every((part) => /^[A-Z][a-z'-]+$/.test(part))
  return isLatin ? latin.join(' ') : undefined
}

function districtIn(text: string, field: FormField, context: FieldContext): string | null {
  const checked = checkField(field, { typed: text }, context)
  if ('value' in checked && typeof checked.value === 'string') return checked.value
  const place = resolvePlace(context.places, text)
  return place.kind === 'found' && place.how === 'exact' ? place.id : null
}

const TOWNSHIP = /^(?:\p{Script=Han}{1,12}?(?:街道办事处|街道办|街道|镇|乡|社区))/u
const VILLAGE = /(\p{Script=Han}{1,12}?(?:村民委员会|村委会|居委会|村|社区|寨))/u

/** Township and village of an address, as they stand in it. */
function partsOf(
  text: string,
  place: PlaceTable['own'][number] | null,
  places: PlaceTable,
): { township?: string; village?: string } {
  const rest = withoutAreas(text, place, places)
  const [known] = townshipsIn(places, rest)
  const [bySuffix] = TOWNSHIP.exec(rest) ?? []
  const township =
    known !== undefined && rest.startsWith(known) ? longer(known, bySuffix) : bySuffix
  const [, village] =
    VILLAGE.exec(township === undefined ? rest : rest.slice(township.length)) ?? []
  return {
    ...(township === undefined ? {} : { township }),
    ...(village === undefined ? {} : { village }),
  }
}

const longer = (one: string, other = '') => (other.startsWith(one) ? other : one)

/** An address without its province, city and district. */
function withoutAreas(
  text: string,
  place: PlaceTable['own'][number] | null,
  { city, own }: PlaceTable,
): string {
  const districts = place === null ? own : [place]
  const names = [
    ...city.names,
    ...districts.flatMap(({ name, short, aliases }) => [name['zh-Hans'], short, ...aliases]),
  ].toSorted((a, b) => b.length - a.length)
  let rest = text
    .replace(/[\s,，。、;；:：]+/g, '')
    .replace(/^(?:我|企业|店|就|住|开|办|是|在|的)+/, '')
  rest = rest.replace(/^\p{Script=Han}{2,3}省/u, '')
  for (let round = 0; round < 3; round++) {
    const name = names.find((one) => rest.startsWith(one))
    if (name === undefined) break
    const cut = rest.slice(name.length)
    // 清镇 is a district, and 清镇市 its full name.
    rest = /^[区县市](?!\p{Script=Han}{0,2}[镇乡])/u.test(cut) ? cut.slice(1) : cut
  }
  return rest
}
