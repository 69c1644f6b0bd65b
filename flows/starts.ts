/**
 * What a deep link may open, on every network: Telegram's `/start x`, the scene of a QR code of WeChat, what a page
 * of ours says after `#`. By flow, which payloads it takes; a link with any other leads home. Whoever opens a link
 * did not write it: so nothing is listed that changes something without one more tap.
 */
export const STARTS: Readonly<Record<string, RegExp>> = {
  prescreen: /^$/,
  apply: /^$/,
  status: /^[\w-]{0,40}$/,
  'case-lookup': /^$/,
  supplement: /^$/,
  documents: /^$/,
  voucher: /^$/,
  /** An event, and the poster on the spot, which is there to check in. */
  events: /^(?:(?:one|in)-[\w-]{1,64})?$/,
  quiz: /^$/,
  'tip-off': /^[\w-]{0,40}$/,
  'my-data': /^$/,
  settings: /^$/,
  notices: /^$/,
  /** Tokens and codes of ours; words such as `make` are shorter. */
  link: /^[\w-]{8,60}$/,
  elsewhere: /^[\w-]{8,60}$/,
  staff: /^(?:[A-Za-z0-9]{8})?$/,
}
