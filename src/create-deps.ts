import { withMemoryShelf } from '../db/conversation/memory-shelf.ts'
import type { Channel } from '../flows/engine/channel.ts'
import { createStep } from '../flows/engine/step.ts'
import { flows } from '../flows/index.ts'
import { looksLikeQuestion } from '../flows/knowledge/looks-like-question.ts'
import { isPolicyAnswer, isPolicyRemark } from '../flows/knowledge/policy-question/answer.ts'
import { dangerIn } from '../flows/services/danger.ts'
import { BUTTON_LABELS } from '../flows/services/labels.ts'
import { createLabels } from '../flows/services/phrases.ts'
import { STARTS } from '../flows/starts.ts'
import type { Translate } from '../locales/i18n.ts'
import { LOCALES } from '../locales/keys.ts'
import { createCampaignBodies } from './campaigns/bodies.ts'
import { giveBack } from './handoffs/give-back.ts'
import { tellStaff } from './handoffs/tell-staff.ts'
import { createNews } from './kernel/commit/news.ts'
import type { Deps } from './kernel/deps.ts'
import { createStaffDesk } from './kernel/office.ts'
import { createPolicyCache, type PolicyCache, withProgramme } from './kernel/policy.ts'
import { createWorld } from './world.ts'

/** What differs from runtime to runtime, and what a test gives its own way. */
type DepsParts = Omit<
  Deps,
  'channels' | 'step' | 'policies' | 'world' | 'desk' | 'giveBack' | 'news'
> & {
  channels: readonly Channel[]
  /** One of its own where it is left out. */
  policies?: PolicyCache
  /** With our sample hours where it is left out. */
  desk?: Deps['desk']
  /** Of this process alone where it is left out. */
  news?: Deps['news']
  /** Told when other processes are to drop what they have in memory of conversations. */
  forgotElsewhere?: () => void
}

/** The conversation with all its flows, in the words that its buttons have. */
const stepIn = (translate: Translate) =>
  createStep({
    flows,
    home: 'menu',
    questions: 'policy-question',
    settings: 'settings',
    channelRedirect: 'elsewhere',
    rating: 'helped',
    starts: STARTS,
    looksLikeQuestion,
    isAnswer: isPolicyAnswer,
    isRemark: isPolicyRemark,
    labels: createLabels(() => labelsOf(translate)),
    danger: dangerIn,
  })

function labelsOf(translate: Translate): [string, string][] {
  return LOCALES.flatMap((locale) =>
    BUTTON_LABELS.map(([key, value]): [string, string] => [translate(locale, key), value]),
  )
}

/** Composes the application from its world. No I/O: see src/kernel/prepare.ts. */
export function createDeps(given: DepsParts): Deps {
  const context = { ...given, db: withMemoryShelf(given.db, given.forgotElsewhere) }
  const policies = context.policies ?? createPolicyCache(context.db)
  const translate = withProgramme(context.translate, policies)
  const parts = {
    channels: new Map(context.channels.map((channel) => [channel.type, channel])),
    policies,
    translate,
    desk: context.desk ?? createStaffDesk(),
    news: context.news ?? createNews(),
  }
  const deps: Deps = {
    ...context,
    ...parts,
    step: stepIn(translate),
    world: createWorld,
    campaignBodies: createCampaignBodies({ ...context, ...parts }),
    giveBack: (handoff, audit) => giveBack(deps, handoff, { by: 'staff', audit }),
    ...(context.staffGroup == null ? {} : { callStaff: () => deps.background(tellStaff(deps)) }),
  }
  return deps
}
