import * as z from 'zod'

/** A piece that an applicant can be asked for. */
const Piece = z.object({ kind: z.enum(['document', 'field']), id: z.string() })

/** A move as somebody wants to make it; `version` is the case's as they saw it. */
export const MoveWish = z.object({
  number: z.string(),
  version: z.number(),
  move: z.string(),
  reasons: z.array(z.string()),
  missing: z.array(Piece),
  note: z.string(),
})
export type MoveWish = z.infer<typeof MoveWish>

/** By what people are chosen, in the order in which it is offered. */
export const DIMENSIONS = ['districts', 'groups', 'stages', 'channels', 'locales'] as const
export type Dimension = (typeof DIMENSIONS)[number]
const Whom = z.object({
  districts: z.array(z.string()),
  groups: z.array(z.string()),
  stages: z.array(z.string()),
  channels: z.array(z.string()),
  locales: z.array(z.string()),
})

/** A broadcast as it is being written; `id` makes it one, however often it is handed in. */
export const Draft = z.object({
  id: z.string(),
  title: z.string(),
  zh: z.string(),
  en: z.string(),
  buttons: z.array(z.string()),
  whom: Whom,
})
export type Draft = z.infer<typeof Draft>

export const CAMPAIGN_DEEDS = ['approve', 'return', 'pause', 'resume', 'cancel'] as const
export const HANDOFF_DEEDS = ['take', 'back'] as const

/** What the flow asks of the world. All but `code`, `digits` and `access` take a chat that is linked and open. */
export type StaffQuery =
  | { kind: 'code'; code: string }
  /** The six digits; with `code`, to link the chat first. */
  | { kind: 'digits'; code: string; digits: string }
  /** Whether the person wanted another way in, which an administrator asked for; a linked chat is enough. */
  | { kind: 'access'; id: string; wanted: boolean }
  | { kind: 'home' }
  | { kind: 'leave' }
  | { kind: 'digest'; wanted: boolean }
  | { kind: 'queue'; page: number }
  | { kind: 'case'; number: string }
  | { kind: 'preview'; wish: MoveWish }
  | { kind: 'act'; wish: MoveWish }
  | { kind: 'begin' }
  | { kind: 'check'; draft: Draft }
  | { kind: 'test'; draft: Draft }
  | { kind: 'submit'; draft: Draft }
  | { kind: 'broadcasts' }
  | { kind: 'broadcast'; id: string }
  | { kind: 'deed'; id: string; version: number; deed: (typeof CAMPAIGN_DEEDS)[number] }
  | { kind: 'inbox' }
  | { kind: 'handoff'; id: string }
  | { kind: 'handoff-deed'; id: string; deed: (typeof HANDOFF_DEEDS)[number] }
  /** `key` makes the same answer one message. */
  | { kind: 'answer'; id: string; key: string; text: string }

/** Something to choose, with its name in the person's language. */
export const Option = z.object({ id: z.string(), name: z.string() })
export type Option = z.infer<typeof Option>

/** A move that is open to this person. */
export const MoveOption = z.object({
  id: z.string(),
  name: z.string(),
  /** At least one must be named. `note`: it says too little without words. */
  reasons: z.array(z.object({ id: z.string(), name: z.string(), note: z.boolean() })),
  pieces: z.array(
    z.object({ kind: z.enum(['document', 'field']), id: z.string(), name: z.string() }),
  ),
})
export type MoveOption = z.infer<typeof MoveOption>

/** A case as it is shown here. */
export const CaseCard = z.object({
  number: z.string(),
  version: z.number(),
  stage: z.string(),
  /** Whole paragraphs, in the person's language; nothing personal where the channel may not carry it. */
  lines: z.array(z.string()),
  moves: z.array(MoveOption),
  /** Its page in the console. */
  url: z.string(),
})
export type CaseCard = z.infer<typeof CaseCard>

/** A broadcast as it is shown here. */
export const CampaignCard = z.object({
  id: z.string(),
  version: z.number(),
  title: z.string(),
  state: z.string(),
  author: z.string(),
  zh: z.string(),
  en: z.string(),
  /** Who are reachable now, or were fixed. */
  people: z.number(),
  whom: z.string(),
  deeds: z.array(z.enum(CAMPAIGN_DEEDS)),
  url: z.string(),
})
export type CampaignCard = z.infer<typeof CampaignCard>

/** A conversation that waits for a person, as it is shown here. */
export const HandoffCard = z.object({
  id: z.string(),
  key: z.string(),
  /** Who, where, since when. */
  line: z.string(),
  /** What they last said; null: it may not be shown here. */
  words: z.string().nullable(),
  takenBy: z.string().nullable(),
  can: z.array(z.enum(['take', 'answer', 'back'])),
  url: z.string(),
})
export type HandoffCard = z.infer<typeof HandoffCard>

/** What is waiting; null: not this person's work. */
export const Waits = z.object({
  cases: z.number().nullable(),
  inbox: z.number().nullable(),
  approvals: z.number().nullable(),
})
export type Waits = z.infer<typeof Waits>

/** What the world answers. */
export const StaffReply = z.discriminatedUnion('kind', [
  /** Nobody of staff, or not any more. */
  z.object({ kind: z.literal('stranger') }),
  /** Others read along. */
  z.object({ kind: z.literal('not-here') }),
  /** Linked; the six digits are wanted (again). */
  z.object({ kind: z.literal('locked') }),
  /** A code that links; `code` is what it is looked up by. */
  z.object({ kind: z.literal('code'), code: z.string() }),
  z.object({ kind: z.literal('wrong-code') }),
  z.object({ kind: z.literal('wrong-digits') }),
  z.object({ kind: z.literal('too-many') }),
  z.object({
    kind: z.literal('home'),
    name: z.string(),
    role: z.string(),
    place: z.string(),
    /** When the six digits are wanted again, as a clock in China shows it. */
    until: z.string(),
    waits: Waits,
    canWrite: z.boolean(),
    /** False: here one can only look. */
    acts: z.boolean(),
    digest: z.boolean(),
    url: z.string(),
  }),
  /** `link`: the one-time link to set the password, where that was wanted. */
  z.object({ kind: z.literal('access'), link: z.string().nullable() }),
  z.object({ kind: z.literal('access-refused') }),
  z.object({ kind: z.literal('done') }),
  /** The chat is closed for work until the next six digits. */
  z.object({ kind: z.literal('left') }),
  /** Not this person's work, or not on this channel. */
  z.object({ kind: z.literal('not-yours') }),
  /** It was not done; why, and what to do. `seen`: it must be looked at again first. */
  z.object({ kind: z.literal('problem'), text: z.string(), seen: z.boolean() }),
  z.object({
    kind: z.literal('queue'),
    page: z.number(),
    pages: z.number(),
    total: z.number(),
    rows: z.array(Option),
  }),
  z.object({ kind: z.literal('case'), card: CaseCard }),
  z.object({ kind: z.literal('no-case') }),
  /** `notice`: what the applicant reads; null: nothing, or it may not be shown here (`hidden`). */
  z.object({ kind: z.literal('preview'), notice: z.string().nullable(), hidden: z.boolean() }),
  z.object({ kind: z.literal('acted'), number: z.string(), stage: z.string(), told: z.boolean() }),
  z.object({
    kind: z.literal('choices'),
    id: z.string(),
    buttons: z.array(Option),
    dimensions: z.array(z.object({ id: z.enum(DIMENSIONS), options: z.array(Option) })),
  }),
  z.object({
    kind: z.literal('checked'),
    /** Pre-flight: in the segment, opted out, unreachable, reached; and by channel, one a line. */
    people: z.number(),
    all: z.number(),
    optedOut: z.number(),
    unreachable: z.number(),
    channels: z.string(),
    /** More than one person may tell alone. */
    second: z.boolean(),
    alone: z.number(),
    zh: z.string(),
    en: z.string(),
  }),
  z.object({ kind: z.literal('submitted'), waiting: z.boolean(), url: z.string() }),
  z.object({ kind: z.literal('broadcasts'), rows: z.array(Option) }),
  z.object({ kind: z.literal('broadcast'), card: CampaignCard }),
  z.object({ kind: z.literal('inbox'), rows: z.array(Option) }),
  z.object({ kind: z.literal('handoff'), card: HandoffCard }),
  z.object({ kind: z.literal('gone') }),
])
export type StaffReply = z.infer<typeof StaffReply>
