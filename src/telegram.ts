import { createApi } from '../bots/telegram/api.ts'
import { parseUpdate } from '../bots/telegram/parse.ts'
import { pollUpdates } from '../bots/telegram/poll.ts'
import { type BotProfile, registerProfile, registerWebhook } from '../bots/telegram/setup.ts'
import type { Command } from '../flows/engine/types.ts'
import type { Locale, MessageKey } from '../locales/keys.ts'
import type { Config } from './config.ts'
import type { Deps } from './deps.ts'
import { handleEvent } from './runner/handle-event.ts'

const COMMANDS = [
  ['menu', 'telegram.menu'],
  ['back', 'telegram.back'],
  ['help', 'telegram.help'],
  ['person', 'telegram.person'],
  ['language', 'telegram.language'],
  ['stop', 'telegram.stop'],
] as const satisfies readonly (readonly [Command, MessageKey])[]

/**
 * Makes the bot known to Telegram, and fetches updates where there is no public URL to deliver to.
 * Resolves at once without a token, else when `signal` is aborted or the webhook is set.
 */
export async function startTelegram(
  deps: Deps,
  config: Config,
  signal: AbortSignal,
  pause: (seconds: number) => Promise<void>,
): Promise<void> {
  const token = config.TELEGRAM_BOT_TOKEN
  const channel = deps.channels.get('telegram')
  if (token === undefined || channel === undefined) return
  const call = createApi({ token, apiRoot: config.TELEGRAM_API_ROOT })
  const warn = (detail: string) => deps.log.warn('telegram', { detail })
  const profiles = [
    { language: null, profile: profileIn(deps, 'zh-Hans') },
    { language: 'zh', profile: profileIn(deps, 'zh-Hans') },
    { language: 'en', profile: profileIn(deps, 'en') },
  ]
  for (const problem of await registerProfile(call, profiles)) warn(problem)
  if (config.PUBLIC_URL !== undefined && config.TELEGRAM_WEBHOOK_SECRET !== undefined) {
    const url = `${config.PUBLIC_URL}/webhooks/telegram`
    const secret = config.TELEGRAM_WEBHOOK_SECRET
    for (const problem of await registerWebhook(call, { url, secret })) warn(problem)
    return
  }
  await pollUpdates({
    call,
    signal,
    pause,
    onProblem: warn,
    handle: async (update) => {
      // The Bot API's own shape: it came from getUpdates under our token.
      const event = parseUpdate(update as Parameters<typeof parseUpdate>[0], deps.now())
      if ('callback_query' in update) {
        const { id } = update.callback_query as { id: string }
        void call('answerCallbackQuery', { callback_query_id: id })
      }
      if (event === null) return
      const reply = await handleEvent(deps, channel, event)
      for (const body of reply?.messages ?? []) {
        const result = await channel.send({ to: event.from, body })
        if (result.ok) continue
        // Not confirmed, the update comes again and gets the same stored reply.
        if (result.failure === 'throttled' || result.failure === 'unavailable') {
          throw new Error(`telegram: ${result.failure}`)
        }
        warn(result.detail)
      }
    },
  })
}

function profileIn(deps: Deps, locale: Locale): BotProfile {
  return {
    description: deps.translate(locale, 'telegram.description'),
    shortDescription: deps.translate(locale, 'telegram.shortDescription'),
    commands: COMMANDS.map(([command, key]) => ({
      command,
      description: deps.translate(locale, key),
    })),
  }
}
