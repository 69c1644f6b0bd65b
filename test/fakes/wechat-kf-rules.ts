export type Json = Record<string, unknown>

/** An answer of WeCom's API that is an error: status 200 and a number. */
export function error(errcode: number, errmsg: string): Json {
  return { errcode, errmsg: `${errmsg}, hint: [fake]` }
}

/** Why a message would be refused whatever the person's state, or null. */
export function refusalOfMessage(body: Json, usedIds: ReadonlySet<string>): Json | null {
  if (!/^[0-9a-zA-Z_-]{1,32}$/.test(String(body.msgid))) return error(40058, 'invalid msg id')
  if (usedIds.has(String(body.msgid))) return error(95099, 'msgid has been used')
  if (body.msgtype === 'text') {
    const { content = '' } = (body.text ?? {}) as { content?: string }
    const size = bytes(content)
    return size < 1 || size > 2048 ? error(40058, 'invalid text size') : null
  }
  if (body.msgtype !== 'msgmenu') return error(40008, 'invalid message type')
  const { head_content: head, list } = (body.msgmenu ?? {}) as {
    head_content?: string
    list?: { type: string; click?: { id: string; content: string } }[]
  }
  if (bytes(head) > 1024) return error(40058, 'invalid head_content size')
  if (!Array.isArray(list) || list.length < 1 || list.length > 10) {
    return error(40058, 'invalid list size')
  }
  const isRight = list.every(({ type, click }) => {
    const [id, content] = [bytes(click?.id), bytes(click?.content)]
    return type === 'click' && id >= 1 && id <= 64 && content >= 1 && content <= 128
  })
  return isRight ? null : error(40058, 'invalid click')
}

function bytes(value: unknown): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : 0
}
