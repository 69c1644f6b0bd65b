export type Json = Record<string, unknown>
export type Button = { text: string; callback_data: string }

/**
 * Why the Bot API would refuse a call, in its own words, or null. The limits are those of the
 * reference (https://core.telegram.org/bots/api), the words those of tdlib/telegram-bot-api.
 */
export function refusalOf(method: string, body: Json): string | null {
  switch (method) {
    case 'sendMessage':
      return refusalOfMessage(body)
    case 'sendPhoto':
      if (!(body.photo instanceof Blob) || body.photo.size === 0) return 'there is no photo'
      return isLonger(body.caption, 1024) ? 'message caption is too long' : null
    case 'setWebhook':
      return refusalOfWebhook(body)
    case 'setMyCommands':
      return list(body.commands).every(isCommand) ? null : 'BOT_COMMAND_INVALID'
    case 'setMyDescription':
      return isLonger(body.description, 512) ? 'description is too long' : null
    case 'setMyShortDescription':
      return isLonger(body.short_description, 120) ? 'short description is too long' : null
    default:
      return null
  }
}

/** The buttons of a message, in the order in which they are read. */
export function buttonsOf(body: Json): Button[] {
  const markup = body.reply_markup as { inline_keyboard?: Button[][] } | undefined
  return (markup?.inline_keyboard ?? []).flat()
}

function refusalOfMessage(body: Json): string | null {
  if (String(body.text ?? '').trim() === '') return 'message text is empty'
  // UTF-16 units, as JavaScript counts them.
  if (isLonger(body.text, 4096)) return 'message is too long'
  const buttons = buttonsOf(body)
  if (buttons.length > 100) return 'reply markup is too long'
  if (buttons.some(({ text }) => text === ''))
    return 'text buttons are unallowed in the inline keyboard'
  const sizes = buttons.map(({ callback_data: value }) => Buffer.byteLength(value))
  return sizes.every((size) => size >= 1 && size <= 64) ? null : 'BUTTON_DATA_INVALID'
}

function refusalOfWebhook({ secret_token: secret, max_connections: most }: Json): string | null {
  if (isLonger(secret, 256)) return 'secret token is too long'
  if (!/^[\w-]*$/.test(String(secret ?? ''))) return 'secret token contains unallowed characters'
  return most === undefined || (Number(most) >= 1 && Number(most) <= 100)
    ? null
    : 'invalid max_connections'
}

function isCommand(given: unknown): boolean {
  const { command, description } = given as Json
  const words = String(description ?? '')
  return /^[a-z0-9_]{1,32}$/.test(String(command)) && words !== '' && !isLonger(words, 256)
}

function isLonger(value: unknown, limit: number): boolean {
  return typeof value === 'string' && value.length > limit
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
