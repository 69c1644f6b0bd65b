export type Json = Record<string, unknown>

/** An answer of WeChat's API that is an error: status 200 and a number. */
export function error(errcode: number, errmsg: string): Json {
  return { errcode, errmsg: `${errmsg} rid: 5b10b2c0-fake` }
}

/** What a person did last that lets the account write, and what it wrote since. */
export type Windows = { messageAt: number; messages: number; tapAt: number; taps: number }

/** Why no customer-service message may go to this person now, or null; then it is counted. */
export function refusalOfService(windows: Windows, now: number): Json | null {
  if (now < windows.tapAt + 60_000 && windows.taps < 3) {
    windows.taps++
    return null
  }
  if (now < windows.messageAt + 48 * 3_600_000) {
    if (windows.messages >= 5) return error(45047, 'out of response count limit')
    windows.messages++
    return null
  }
  return now < windows.tapAt + 60_000
    ? error(45047, 'out of response count limit')
    : error(45015, 'response out of time limit or subscription is canceled')
}

/** Why a menu would be refused, or null. */
export function refusalOfMenu(body: Json): Json | null {
  const top = list(body.button)
  if (top.length < 1 || top.length > 3) return error(40016, 'invalid button size')
  for (const button of top) {
    if (bytes(button.name) > 16) return error(40018, 'invalid button name size')
    const sub = list(button.sub_button)
    if (sub.length > 5) return error(40023, 'invalid sub button size')
    if (sub.some(({ name }) => bytes(name) > 60))
      return error(40025, 'invalid sub button name size')
    const clicks = sub.length > 0 ? sub : [button]
    if (clicks.some(({ type }) => type !== 'click')) return error(40017, 'invalid button type')
    if (clicks.some(({ key }) => bytes(key) < 1 || bytes(key) > 128)) {
      return error(40019, 'invalid button key size')
    }
  }
  return null
}

/** The bytes of a text in UTF-8; 0 for what is none. */
export function bytes(value: unknown): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : 0
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value : []
}
