import * as z from 'zod'
import { Bilingual } from '../../flows/programme/bilingual.ts'
import { PublicityProgramme } from '../../flows/programme/events.ts'
import { Form } from '../../flows/programme/form/form.ts'
import { Stages } from '../../flows/programme/lifecycle/stages.ts'
import { VoucherProgramme } from '../../flows/programme/lifecycle/voucher.ts'
import { FundProgramme } from '../../flows/programme/money/funds.ts'
import { OfficeDirectory } from '../../flows/programme/offices.ts'
import { PlaceTable } from '../../flows/programme/places/place-table.ts'
import { Quiz } from '../../flows/programme/quiz.ts'
import { Rules } from '../../flows/programme/rules/rules.ts'

/** A figure or list that the documents state, with the clause it stands in. */
const fact = <Value extends z.ZodType>(value: Value) =>
  z.object({ value, clause: z.string().min(1), year: z.number().int() })

const Shares = z
  .object({ province: z.number(), city: z.number(), county: z.number() })
  .refine(({ province, city, county }) => province + city + county === 10, {
    error: 'The shares of the levels must add up to ten tenths.',
  })

/** The figures of a programme, as typed data. Money is in fen, shares in tenths. */
export const Facts = z.object({
  directSubsidyFen: fact(z.number().int().positive()),
  directShares: fact(Shares),
  followUpAverageFen: fact(z.number().int().positive()),
  followUpShares: fact(Shares),
  targetHouseholds: fact(z.number().int().positive()),
  targetJobs: fact(z.number().int().positive()),
  finishByMonth: fact(z.number().int().min(1).max(12)),
  lowIncomeVillages: fact(z.number().int().positive()),
  keyGroups: fact(z.array(z.object({ id: z.string(), name: Bilingual })).min(1)),
  keyGroupJobsForPreference: fact(z.number().int().positive()),
  industries: fact(z.array(z.object({ id: z.string(), name: Bilingual })).min(1)),
  cooperationModels: fact(z.array(z.object({ id: z.string(), name: Bilingual })).min(1)),
  voucherUses: fact(z.array(z.object({ id: z.string(), name: Bilingual })).min(1)),
  demonstrationBases: fact(z.object({ min: z.number().int(), max: z.number().int() })),
})
export type Facts = z.infer<typeof Facts>

/** Ways to ask one question that an entry of a pack has at least, in each language. */
const FEWEST_VARIANTS = 4

const Words = z.object({
  question: z.string().min(1),
  answer: z.string().min(1),
  variants: z.array(z.string().min(1)).max(80),
})

export const FaqEntry = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  topic: z.string(),
  /** `not-stated`: an honest "the plan does not say", with the nearest clause if there is one. */
  basis: z.enum(['plan', 'not-stated']),
  clauses: z.array(z.string()),
  /** What the answer rests on beyond the clauses. */
  sources: z.array(z.string()),
  'zh-Hans': Words,
  en: Words,
  related: z.array(z.string()),
  /**
   * Phrasings of either language that yes answers, and no: said first where the answer itself does not begin
   * with it. None where the document leaves it open.
   */
  polar: z.object({ yes: z.array(z.string()), no: z.array(z.string()) }).optional(),
})
export type FaqEntry = z.infer<typeof FaqEntry>

/**
 * Something that several entries are about and that people go on about without naming it (那谁出, how much is
 * it): `names` are its words as they are typed, in lower case.
 */
export const PackSubject = z.object({
  id: z.string(),
  names: z.object({ 'zh-Hans': z.array(z.string()), en: z.array(z.string()) }),
  entries: z.array(z.string()),
})
export type PackSubject = z.infer<typeof PackSubject>

/**
 * What the product does about what entries say, by entry: a service of `flows/services/table.ts`. `beside`: its button goes
 * below the answer; `instead`: the entry only says that the document is silent, and the service speaks. `phrases`: what people
 * say when they want it, as frames (flows/services/unfold.ts).
 */
export const PackServices = z.object({
  beside: z.record(z.string(), z.string()),
  instead: z.record(z.string(), z.string()),
  /** The entry that tip-offs cite: what the document says of clean government. */
  integrity: z.string().optional(),
  phrases: z
    .record(
      z.string(),
      z.object({ 'zh-Hans': z.array(z.string().min(1)), en: z.array(z.string().min(1)) }),
    )
    .optional(),
  /** Everyday talk about anything else, by which what is asked of the document is told from what is not. */
  everyday: z.object({ zh: z.array(z.string().min(1)), en: z.array(z.string().min(1)) }).optional(),
})
export type PackServices = z.infer<typeof PackServices>

/** A question that an edit is tried with; what is right is what answered it before. */
export const Touchstone = z.object({
  question: z.string().min(1),
  locale: z.enum(['zh-Hans', 'en']),
})

export const PackClause = z.object({ id: z.string(), title: z.string(), text: z.string() })
export type PackClause = z.infer<typeof PackClause>

/** Without these there is no case: it could not be found again, and would belong to no office. */
const CASE_FIELDS = ['name', 'identityNumber', 'district']

/** What a programme is, beyond its clauses. */
export const Programme = z.object({
  id: z.string(),
  /** In a sentence: "贵阳市2018年…扶持政策". */
  name: Bilingual,
  /** How a citation names the document. */
  document: Bilingual,
  city: Bilingual,
  /** What people call the office that takes and decides applications, within a sentence. */
  office: Bilingual.optional(),
  /** Its districts, counties and zones: naming one is not asking about another place. */
  ownPlaces: z.array(z.string()),
  /** Other places of the province and nearby, as they are typed: naming one asks about somewhere else. */
  nearPlaces: z.object({ 'zh-Hans': z.array(z.string()), en: z.array(z.string()) }),
  year: z.number().int(),
  /** Whom to call when a life is in danger; left out: 110, 120, 119 and 12356 (src/policy.ts). */
  helplines: z
    .object({
      police: z.string().min(3),
      ambulance: z.string().min(3),
      fire: z.string().min(3),
      distress: z.string().min(3),
    })
    .partial()
    .optional(),
  /**
   * Whose duty it is while the office is closed, as a sentence for who is in danger then. Left out: no source says, and the
   * bot says that.
   */
  outOfHours: Bilingual.optional(),
  /** Questions worth a button: an entry, and a label of a few words. */
  featured: z.array(z.object({ entry: z.string(), label: Bilingual })),
})
export type Programme = z.infer<typeof Programme>

const Pack = z.object({
  programme: Programme,
  facts: Facts,
  places: PlaceTable,
  rules: Rules,
  /** The application; a programme without one answers questions only. */
  form: Form.optional(),
  /** The way of an application; likewise. */
  stages: Stages.optional(),
  /** The service e-vouchers; likewise. */
  vouchers: VoucherProgramme.optional(),
  /** Money by level, from the quotas to the payment; likewise. */
  funds: FundProgramme.optional(),
  /** Where the policy is made known on the spot; likewise. */
  events: PublicityProgramme.optional(),
  /** Questions to train staff and bank officers with; likewise. */
  quiz: Quiz.optional(),
  /** Questions of all kinds, ours and not ours: an edit shows which of them it leads elsewhere. */
  touchstones: z.array(Touchstone).optional(),
  /** Where the offices are and when they are open; without it nothing is known of any. */
  directory: OfficeDirectory.optional(),
  /** Without it no answer brings a button. */
  services: PackServices.optional(),
  /** What talk goes on about; without it only what is asked counts. */
  subjects: z.array(PackSubject).optional(),
  /** Sentences of the document, without their end mark, as we translate them for who reads English. */
  translations: z.array(Bilingual).optional(),
  clauses: z.array(PackClause).min(1),
  faq: z.array(FaqEntry).min(1),
})

/** A pack without its lists, which are stored in tables of their own. */
export const PackFacts = Pack.omit({ clauses: true, faq: true })

/** A programme as data: the next city is a new pack and no new code. */
export const PolicyPack = Pack.superRefine(
  (
    {
      programme,
      places,
      clauses,
      faq,
      services,
      subjects,
      facts,
      rules,
      form,
      stages,
      events,
      quiz,
      directory,
      funds,
    },
    ctx,
  ) => {
    const clauseIds = new Set(clauses.map(({ id }) => id))
    const entryIds = new Set(faq.map(({ id }) => id))
    const complain = (message: string) => ctx.addIssue({ code: 'custom', message })
    if (entryIds.size !== faq.length) complain('Two FAQ entries share an id.')
    if (clauseIds.size !== clauses.length) complain('Two clauses share an id.')
    for (const entry of faq) {
      for (const id of entry.clauses) {
        if (!clauseIds.has(id)) complain(`${entry.id}: there is no clause ${id}`)
      }
      for (const id of entry.related) {
        if (!entryIds.has(id)) complain(`${entry.id}: there is no related entry ${id}`)
      }
      // Staff may begin with fewer; what we bring ourselves is found however it is asked.
      if (Math.min(entry['zh-Hans'].variants.length, entry.en.variants.length) < FEWEST_VARIANTS) {
        complain(`${entry.id}: it has too few variants`)
      }
      if (entry.basis === 'plan' && entry.clauses.length === 0) {
        complain(`${entry.id}: an answer from the plan names its clause`)
      }
    }
    for (const entry of Object.keys({ ...services?.beside, ...services?.instead })) {
      if (!entryIds.has(entry)) complain(`services: there is no entry ${entry}`)
    }
    for (const { entry } of programme.featured) {
      if (!entryIds.has(entry)) complain(`featured: there is no entry ${entry}`)
    }
    for (const { id, entries } of subjects ?? []) {
      for (const entry of entries) {
        if (!entryIds.has(entry)) complain(`subject ${id}: there is no entry ${entry}`)
      }
    }
    for (const [name, { clause }] of Object.entries(facts)) {
      if (!clauseIds.has(clause)) complain(`${name}: there is no clause ${clause}`)
    }
    for (const { id, basis } of rules.rules) {
      if (basis.kind === 'clause' && !clauseIds.has(basis.clause)) {
        complain(`${id}: there is no clause ${basis.clause}`)
      }
    }
    for (const { id, from } of form?.fields ?? []) {
      if (from !== undefined && !rules.questions.some((one) => one.id === from.question)) {
        complain(`${id}: there is no question ${from.question}`)
      }
    }
    for (const clause of stages === undefined ? [] : clausesOf(stages)) {
      if (!clauseIds.has(clause)) complain(`stages: there is no clause ${clause}`)
    }
    if (events !== undefined && !clauseIds.has(events.clause)) {
      complain(`events: there is no clause ${events.clause}`)
    }
    for (const { id, clause } of quiz?.questions ?? []) {
      if (!clauseIds.has(clause)) complain(`${id}: there is no clause ${clause}`)
    }
    for (const id of form === undefined ? [] : CASE_FIELDS) {
      if (!form?.fields.some((field) => field.id === id)) complain(`form: there is no field ${id}`)
    }
    const begins = stages?.moves.find(({ id }) => id === 'submit')
    if (stages !== undefined && begins?.from[0] !== stages.stages[0]?.id) {
      complain(`stages: no move submit leaves ${stages.stages[0]?.id}`)
    }
    const own = places.own.map(({ id }) => id)
    for (const id of directory === undefined ? [] : own) {
      if (directory?.districts[id] === undefined) complain(`directory: there is no office of ${id}`)
    }
    for (const id of Object.keys(directory?.districts ?? {})) {
      if (!own.includes(id)) complain(`directory: there is no place ${id}`)
    }
    for (const problem of funds === undefined ? [] : fundProblems(funds, own, stages)) {
      complain(`funds: ${problem}`)
    }
    for (const { id } of stages === undefined ? [] : places.own) {
      if (stages?.numbering.districts[id] === undefined) complain(`${id}: it has no number`)
    }
  },
)
export type PolicyPack = z.infer<typeof PolicyPack>

function clausesOf({ stages, moves, offices, target }: Stages): string[] {
  return [
    ...[...stages, ...moves].flatMap(({ basis }) =>
      basis.kind === 'clause' ? [basis.clause] : [],
    ),
    ...offices.map(({ clause }) => clause),
    ...(target === null ? [] : [target.clause]),
  ]
}

function fundProblems(
  { quotas, payMove, payee }: FundProgramme,
  own: readonly string[],
  stages: Stages | undefined,
): string[] {
  const strange = quotas.find(({ district }) => !own.includes(district))
  return [
    ...(strange === undefined ? [] : [`there is no place ${strange.district}`]),
    ...(new Set(quotas.map(({ district }) => district)).size === quotas.length
      ? []
      : ['two quotas are of one district']),
    ...(stages?.moves.some(({ id }) => id === payMove) === true
      ? []
      : [`there is no move ${payMove}`]),
    ...(payee === undefined ? [] : ['whose', 'holder', 'bank', 'number'])
      .filter((id) => payee?.fields.some((field) => field.id === id) !== true)
      .map((id) => `payee: there is no ${id}`),
  ]
}
