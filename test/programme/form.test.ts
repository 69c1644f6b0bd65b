import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { PolicyPack } from '../../db/policy/pack.ts'
import { applicationFacts } from '../../flows/programme/form/application-facts.ts'
import { Form } from '../../flows/programme/form/form.ts'
import { currentAnswers, declineSensitive } from '../../flows/programme/form/form-answers.ts'
import {
  type FormAnswers,
  type FormField,
  type FormValue,
  SKIPPED,
} from '../../flows/programme/form/form-field.ts'
import { nextField } from '../../flows/programme/form/next-field.ts'
import { reviewLines } from '../../flows/programme/form/review-lines.ts'
import { anyAnswers, COMPLETE } from './filled-form.ts'
import { paymentForm } from './payment-form.ts'

const pack = guiyang2018()
const { form, places } = pack
if (form === undefined) throw new Error('no form')
const ids = form.fields.map(({ id }) => id)

const lines = (answers: FormAnswers, masked = false, locale: 'zh-Hans' | 'en' = 'zh-Hans') =>
  reviewLines(form, answers, locale, { masked, places })

describe('the form of Guiyang', () => {
  it('asks in this order', () => {
    expect(ids.join(' ')).toBe(
      'name identityNumber mobile district township village lowIncomeVillage keyGroups keyGroupProof enterpriseName registered creditCode industry industryOther ownInvestment employees keyGroupEmployees cooperationModel purpose wantsLoan',
    )
  })

  it('hides who it is, and keeps apart what needs a consent of its own', () => {
    const having = (flag: 'personal' | 'sensitive') =>
      form.fields.filter((field) => field[flag]).map(({ id }) => id)
    expect(having('personal')).toEqual(['name', 'identityNumber', 'mobile'])
    expect(having('sensitive')).toEqual(['keyGroups', 'keyGroupProof'])
    expect(form.fields.some(({ kind }) => kind === 'bank-card')).toBe(false)
  })

  it('speaks both languages, briefly, and refuses nobody', () => {
    const { note, documents } = form.documents
    const words = [
      note,
      ...documents.flatMap(({ name, why }) => [name, why]),
      ...form.fields.flatMap(({ label, text, explain, options = [], notes = {} }) => [
        label,
        text,
        explain,
        ...options.map(({ name }) => name),
        ...Object.values(notes),
      ]),
    ]
    for (const { 'zh-Hans': zh, en } of words) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(zh).not.toMatch(/\p{Script=Han}[,;:?!]|[,;:?!]\p{Script=Han}/u)
      expect(zh).not.toMatch(/不符合|不合格|没有资格|拒绝|必须/)
      expect(en).toMatch(/[a-z]/)
      expect(en).not.toMatch(/\p{Script=Han}{6}/u)
    }
    for (const { id, label, text, explain } of form.fields) {
      expect(label['zh-Hans'].length, id).toBeLessThan(15)
      expect(text['zh-Hans'].length, id).toBeLessThan(60)
      expect(explain['zh-Hans'].length, id).toBeLessThan(80)
    }
  })
})

describe('a form with a hole', () => {
  const break_ = (change: (fields: FormField[]) => FormField[]) =>
    Form.safeParse({ ...form, fields: change(structuredClone(form.fields)) }).error?.message ?? ''
  const with_ = (id: string, change: Partial<FormField>) =>
    break_((fields) => fields.map((field) => (field.id === id ? { ...field, ...change } : field)))

  it.each([
    ['two fields are called name', () => break_((fields) => [...fields, ...fields.slice(0, 1)])],
    ['there is no earlier field registered', () => break_((fields) => fields.toReversed())],
    [
      'there is no earlier field nobody',
      () => with_('purpose', { askedIf: { op: 'yes', question: 'nobody' } }),
    ],
    [
      'yes does not suit name',
      () => with_('purpose', { askedIf: { op: 'yes', question: 'name' } }),
    ],
    [
      'is does not suit industry',
      () => with_('purpose', { askedIf: { op: 'is', question: 'industry', options: ['coal'] } }),
    ],
    ["one-of and its options don't fit", () => with_('industry', { options: [] })],
    [
      "text and its options don't fit",
      () => with_('purpose', { options: [{ id: 'a', name: { 'zh-Hans': '甲', en: 'a' } }] }),
    ],
    [
      'there is no earlier count purpose',
      () => with_('keyGroupEmployees', { limits: { lessThan: 'purpose' } }),
    ],
    ['min is above max', () => with_('employees', { limits: { min: 9, max: 3 } })],
    ['yes-no has no limits', () => with_('registered', { limits: { min: 1 } })],
    [
      'expected string',
      () => with_('name', { label: { 'zh-Hans': '姓名' } as FormField['label'] }),
    ],
  ])('%s', (message, broken) => {
    expect(broken()).toContain(message)
  })

  it('is no part of a pack, nor is one that asks an unknown question', () => {
    const fields = form.fields.map((field) => ({ ...field, from: { question: 'nobody' } }))
    const broken = PolicyPack.safeParse({ ...pack, form: { ...form, fields } })
    expect(broken.error?.message).toContain('name: there is no question nobody')
    const { form: _, ...without } = pack
    expect(PolicyPack.safeParse(without).success).toBe(true)
  })

  it('may have documents that hang on no field', () => {
    const [document] = form.documents.documents
    const documents = [{ ...document, askedIf: { op: 'yes', question: 'nobody' } }]
    const broken = Form.safeParse({ ...form, documents: { ...form.documents, documents } })
    expect(broken.error?.message).toContain('there is no earlier field nobody')
  })
})

describe('filling in', () => {
  it('asks one after the other, each once, and then reviews', () => {
    const asked: string[] = []
    let answers: FormAnswers = {}
    for (let field = nextField(form, answers); field !== null; field = nextField(form, answers)) {
      asked.push(field.id)
      answers = { ...answers, [field.id]: COMPLETE[field.id] ?? SKIPPED }
    }
    expect(asked).toEqual(ids)
    expect(Object.keys(currentAnswers(form, answers)).sort()).toEqual([...ids].sort())
  })

  it('leaves out what does not apply', () => {
    const plain = { ...COMPLETE, keyGroups: [], registered: false, industry: 'tea', employees: 1 }
    expect(nextField(form, plain)).toBeNull()
    const left = ids.filter((id) => !(id in currentAnswers(form, plain)))
    expect(left).toEqual(['keyGroupProof', 'creditCode', 'industryOther', 'keyGroupEmployees'])
  })

  it('asks again what a change has made wrong', () => {
    const fewer = { ...COMPLETE, employees: 2 }
    expect(nextField(form, fewer)?.id).toBe('keyGroupEmployees')
    expect(lines(fewer).map(({ field }) => field)).not.toContain('keyGroupEmployees')
    expect(nextField(form, { ...COMPLETE, industry: 'coal' })?.id).toBe('industry')
    expect(nextField(form, { ...COMPLETE, name: SKIPPED })?.id).toBe('name')
  })

  it('goes on without what is sensitive, and never asks for it', () => {
    const declined = declineSensitive(form, COMPLETE)
    expect(nextField(form, declined)).toBeNull()
    expect(applicationFacts(currentAnswers(form, declined)).hasKeyGroup).toBe(false)
    expect(JSON.stringify(currentAnswers(form, declined))).not.toMatch(/veteran|disabled|退伍证/)
    expect(nextField(paymentForm, declineSensitive(paymentForm, {}))?.id).toBe('bank')
  })

  it('ends from anywhere, and what counts stays the same', () => {
    fc.assert(
      fc.property(anyAnswers, anyAnswers, (answers, more) => {
        const known: Record<string, FormValue> = { ...answers }
        for (let steps = 0; ; steps++) {
          const field = nextField(form, known)
          if (field === null) break
          expect(steps).toBeLessThan(ids.length)
          const value = more[field.id]
          known[field.id] =
            FILLERS[field.id] ?? (value === undefined ? (COMPLETE[field.id] ?? SKIPPED) : value)
        }
        const current = currentAnswers(form, known)
        expect(currentAnswers(form, current)).toEqual(current)
        expect(JSON.parse(JSON.stringify(current))).toEqual(current)
      }),
    )
  })

  /** Within every limit, whatever stands before it. */
  const FILLERS: FormAnswers = { keyGroupEmployees: 0 }
})

describe('the review', () => {
  it('masks who it is', () => {
    const shown = lines(COMPLETE, true).map(({ label, value }) => [
      label,
      'key' in value ? value.key : value.text,
    ])
    expect(shown.slice(0, 6)).toEqual([
      ['姓名', '张*'],
      ['身份证号码', '5201**********0009'],
      ['手机号码', '139****9000'],
      ['企业所在区（市、县）', '花溪区'],
      ['乡镇、街道或社区', '青岩镇'],
      ['村或居委会', 'form.skipped'],
    ])
    expect(Object.fromEntries(shown)).toMatchObject({
      重点人员: '复员退伍军人、残疾人',
      自己投入的钱: '8.5万元',
      低收入困难村: 'form.yes',
      想要贷款: 'programme.notSure',
    })
    for (const locale of ['zh-Hans', 'en'] as const) {
      const text = JSON.stringify(lines(COMPLETE, true, locale))
      for (const secret of ['张三', '520102190001010009', '13900139000']) {
        expect(text).not.toContain(secret)
      }
    }
  })

  it('shows all to the person, in their language', () => {
    const shown = lines(COMPLETE, false, 'en')
    expect(shown[0]).toEqual({ field: 'name', label: 'Name', value: { text: '张三' } })
    expect(shown.find(({ field }) => field === 'ownInvestment')?.value).toEqual({
      text: '85,000 yuan',
    })
    const none = lines({ ...COMPLETE, keyGroups: [] })
    expect(none.find(({ field }) => field === 'keyGroups')?.value).toEqual({ key: 'form.none' })
  })

  it('is the same in whatever order the answers came', () => {
    const shuffled = anyAnswers.chain((answers) =>
      fc.tuple(
        fc.constant(answers),
        fc.shuffledSubarray(Object.keys(answers), { minLength: Object.keys(answers).length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([answers, order]) => {
        const other = Object.fromEntries(order.map((id) => [id, answers[id] ?? SKIPPED]))
        expect(lines(other)).toEqual(lines(answers))
        expect(nextField(form, other)).toEqual(nextField(form, answers))
      }),
    )
  })
})
