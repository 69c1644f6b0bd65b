import type { CallApi } from './api.ts'
import { ALLOWED_UPDATES } from './parse.ts'

/** What people see of the bot before they talk to it, in one language. */
export type BotProfile = {
  /** Shown in the empty chat; 512 characters at most. */
  description: string
  /** Shown in the profile; 120 characters at most. */
  shortDescription: string
  /** Command names are `[a-z]{1,32}`. */
  commands: readonly { command: string; description: string }[]
}

/**
 * Registers commands and descriptions in each language; the Bot API wants a call for each, and the
 * one without a language is for everybody else. Resolves to what went wrong, empty when nothing did.
 * https://core.telegram.org/bots/api#setmycommands
 */
export async function registerProfile(
  call: CallApi,
  profiles: readonly { language: string | null; profile: BotProfile }[],
): Promise<string[]> {
  const problems: string[] = []
  for (const { language, profile } of profiles) {
    const inLanguage = language === null ? {} : { language_code: language }
    const calls = [
      ['setMyCommands', { commands: profile.commands }],
      ['setMyDescription', { description: profile.description }],
      ['setMyShortDescription', { short_description: profile.shortDescription }],
    ] as const
    for (const [method, parameters] of calls) {
      const result = await call(method, { ...parameters, ...inLanguage })
      if (!result.ok) problems.push(`${method}: ${result.detail}`)
    }
  }
  return problems
}

/** Points Telegram at our webhook. Few connections, since all of them write to one database. */
export async function registerWebhook(
  call: CallApi,
  webhook: { url: string; secret: string },
): Promise<string[]> {
  const result = await call('setWebhook', {
    url: webhook.url,
    secret_token: webhook.secret,
    allowed_updates: ALLOWED_UPDATES,
    max_connections: 20,
  })
  return result.ok ? [] : [`setWebhook: ${result.detail}`]
}
