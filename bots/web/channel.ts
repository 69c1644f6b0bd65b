import type { Channel } from '../../flows/engine/channel.ts'
import type { Translate } from '../../locales/i18n.ts'
import { localeOf } from '../../locales/keys.ts'
import { readBody } from '../body.ts'
import { json } from '../json.ts'
import { announce, conversationOf, wantsNew } from './conversation.ts'
import { isSameOrigin } from './origin.ts'
import { inputOf, parseWebInput } from './parse.ts'
import { withPicture } from './picture.ts'

const STATUSES = { tooLarge: 413, notUnderstood: 400, notJson: 415, wrongOrigin: 403 } as const
type Refusal = keyof typeof STATUSES

/**
 * The web chat as a channel, open to any client:
 *
 * @example
 * // POST /webhooks/web  {"id": "m1", "text": "钱多少"}      or {"id", "choice"} or {"id", "command"}
 * //                        or {"id", "file"}, as POST /webhooks/web/files named it
 * // 200 {"turn": 1, "replies": [{"text": "…", "quickReplies": [{"value": "…", "label": "…"}]}]}
 *
 * `links` of a reply are its addresses, `wants` what its question takes; `toStaff`: a person has it now.
 * A first request gets the conversation's token as a cookie and in `X-Conversation`.
 */
export function createWebChannel(options: {
  /** Signs the conversations. */
  secret: string
  newId: () => string
  now: () => string
  secureCookie: boolean
  translate: Translate
}): Channel {
  const { secret } = options

  const refuse = (request: Request, refusal: Refusal) => {
    const locale = localeOf(request.headers.get('accept-language'))
    const message = options.translate(locale, `web.${refusal}`)
    return json({ error: refusal, message }, STATUSES[refusal])
  }

  return {
    type: 'web',
    silent: true,
    limits: {
      textLength: 4000,
      quickReplies: 16,
      ratePerSecond: 1000,
      sessionWindowHours: null,
      repliesInResponse: 10,
      pictures: 'with-words',
      controls: true,
    },
    async receive(request) {
      const refusal = foreign(request)
      if (refusal !== null) return refuse(request, refusal)
      const body = await readBody(request)
      if (body === 'too-large') return refuse(request, 'tooLarge')
      const said = parseWebInput(body)
      if (said === null) return refuse(request, 'notUnderstood')
      const known = await conversationOf(request, secret)
      const conversation = known ?? options.newId()
      const headers =
        known === null ? await announced(request, conversation, secret, options.secureCookie) : {}
      const language = said.locale ?? request.headers.get('accept-language')
      return {
        events: [
          {
            id: `web:${conversation}:${said.id}`,
            from: { channel: 'web', id: conversation },
            at: options.now(),
            input: inputOf(said),
            locale: localeOf(language),
          },
        ],
        respond: ([reply]) =>
          json(
            {
              turn: reply?.turn ?? 0,
              replies: (reply?.messages ?? []).map(withPicture),
              ...(reply?.toStaff === true ? { toStaff: true } : {}),
            },
            200,
            headers,
          ),
      }
    },
    // The page reads the transcript by server-sent events: stored is delivered.
    send: async () => ({ ok: true, externalId: 'transcript' }),
  }
}

/** How a page learns of its new conversation: by a cookie too, unless the browser is not to keep it. */
async function announced(request: Request, conversation: string, secret: string, secure: boolean) {
  const { 'set-cookie': cookie = '', ...headers } = await announce(conversation, secret, secure)
  return wantsNew(request) ? headers : { ...headers, 'set-cookie': cookie }
}

/** Another site's page can make a browser post a form, but not JSON under our own origin. */
function foreign(request: Request): Refusal | null {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\b/i.test(type)) return 'notJson'
  return isSameOrigin(request) ? null : 'wrongOrigin'
}
