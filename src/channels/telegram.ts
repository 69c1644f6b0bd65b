import { createApi } from '../../bots/telegram/api.ts'
import { parseUpdate } from '../../bots/telegram/parse.ts'
import { pollUpdates } from '../../bots/telegram/poll.ts'
import { type BotProfile, registerProfile, registerWebhook } from '../../bots/telegram/setup.ts'
import { createPost, parseStaffMessage } from '../../bots/telegram/staff-chat.ts'
import type { Channel } from '../../flows/engine/channel.ts'
import type { Command, InboundEvent } from '../../flows/engine/types.ts'
import type { Locale, MessageKey } from '../../locales/keys.ts'
import { handleEvent } from '../conversation/handle-event.ts'
import { takeStaffMessage } from '../handoffs/take-staff-message.ts'
import { type Config, personalDataOf } from '../kernel/config.ts'
import type { Deps } from '../kernel/deps.ts'
import type { StaffGroup } from '../kernel/staff-group.ts'

const LONGEST_PAUSE_SECONDS = 60

const COMMANDS = [
  ['menu', 'telegram.menu'],
  ['back', 'telegram.back'],
  ['help', 'telegram.help'],
  ['person', 'telegram.person'],
  ['language', 'telegram.language'],
  ['stop', 'telegram.stop'],
] as const satisfies readonly (readonly [Command, MessageKey])[]

/** What is asked of the world here: a clock that can be waited for, and an end. */
type Life = { signal: AbortSignal; pause: (seconds: number) => Promise<void> }

/**
 * Makes the bot known to Telegram, and fetches updates where there is no public URL to deliver to.
 * Resolves at once without a token, else when `signal` is aborted or the webhook is set.
 */
export async function startTelegram(deps: Deps, config: Config, life: Life): Promise<void> {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot } = config
  const channel = deps.channels.get('telegram')
  if (token === undefined || channel === undefined) return
  const call = createApi({ token, apiRoot })
  const warn = (detail: string) => deps.log.warn('telegram', { detail })
  const hasWebhook = config.PUBLIC_URL !== undefined
  for (let failures = 0; !life.signal.aborted; failures++) {
    const problems = await registerTelegram(deps, config)
    for (const problem of problems) warn(problem)
    // By long polling the commands and descriptions are a courtesy; a webhook is all there is.
    if (problems.length === 0 || !hasWebhook) break
    await life.pause(Math.min(LONGEST_PAUSE_SECONDS, 2 ** failures))
  }
  if (hasWebhook) return
  await pollUpdates({
    call,
    ...life,
    onProblem: warn,
    handle: async (update) => {
      const staff = parseStaffMessage(update, config.STAFF_TELEGRAM_CHAT_ID)
      if (staff !== null) return takeStaffMessage(deps, staff)
      const event = parseUpdate(update, deps.now())
      if ('callback_query' in update) {
        void call('answerCallbackQuery', { callback_query_id: update.callback_query.id })
      }
      if (event !== null) await answer(deps, channel, event, life, warn)
    },
  })
}

/** The staff's group, where the settings name one; null where they do not. */
export function createStaffGroup(config: Config, { log }: Pick<Deps, 'log'>): StaffGroup | null {
  const { TELEGRAM_BOT_TOKEN: token, STAFF_TELEGRAM_CHAT_ID: chat } = config
  if (token === undefined || chat === undefined) return null
  const call = createApi({ token, apiRoot: config.TELEGRAM_API_ROOT })
  const onProblem = (detail: string) => log.warn('staff-group', { detail })
  return {
    chat,
    personal: personalDataOf(config)('telegram'),
    post: createPost({ call, chat, onProblem }),
  }
}

/** Registers commands, descriptions and, with a public URL, the webhook; resolves to what went wrong. */
export async function registerTelegram(
  deps: Pick<Deps, 'translate'>,
  config: Config,
): Promise<string[]> {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret, PUBLIC_URL } = config
  if (token === undefined) return ['TELEGRAM_BOT_TOKEN is not set']
  const call = createApi({ token, apiRoot: config.TELEGRAM_API_ROOT })
  const problems = await registerProfile(call, [
    { language: null, profile: profileIn(deps, 'zh-Hans') },
    { language: 'zh', profile: profileIn(deps, 'zh-Hans') },
    { language: 'en', profile: profileIn(deps, 'en') },
  ])
  if (PUBLIC_URL === undefined || secret === undefined) return problems
  const url = `${PUBLIC_URL}/webhooks/telegram`
  return [...problems, ...(await registerWebhook(call, { url, secret }))]
}

async function answer(
  deps: Deps,
  channel: Channel,
  event: InboundEvent,
  { pause }: Life,
  warn: (detail: string) => void,
): Promise<void> {
  const reply = await handleEvent(deps, channel, event)
  for (const body of reply?.messages ?? []) {
    const result = await channel.send({ to: event.from, body })
    if (result.ok) continue
    // Not confirmed, the update comes again and gets the same stored reply; only this chat waits.
    if (result.failure === 'throttled' || result.failure === 'unavailable') {
      await pause(result.retryAfter ?? 1)
      throw new Error(`telegram: ${result.failure}`)
    }
    warn(result.detail)
  }
}

function profileIn(deps: Pick<Deps, 'translate'>, locale: Locale): BotProfile {
  return {
    description: deps.translate(locale, 'telegram.description'),
    shortDescription: deps.translate(locale, 'telegram.shortDescription'),
    commands: COMMANDS.map(([command, key]) => ({
      command,
      description: deps.translate(locale, key),
    })),
  }
}
