import type { RenderedMessage } from '../../flows/engine/channel.ts'
import { sizeOf, splitText, withNumberedOptions } from '../fit.ts'
import { sayable } from '../wechat-platform/sayable.ts'

/** A text of one message in bytes of UTF-8; 2,048 by the documentation, and some near it are refused. */
export const MAX_TEXT_BYTES = 2000
const MAX_HEAD_BYTES = 1024
/** Items of one menu. */
export const MAX_ITEMS = 10
const MAX_ID_BYTES = 64
const MAX_LABEL_BYTES = 128

/** A message as WeCom takes it, but for whom it is to. */
export type KfMessage =
  | { msgtype: 'text'; text: { content: string } }
  | {
      msgtype: 'msgmenu'
      msgmenu: {
        head_content: string
        list: { type: 'click'; click: { id: string; content: string } }[]
      }
    }

/**
 * A message with real buttons where it fits a menu (`msgmenu`), else with its options as numbered lines, which
 * can be typed. One message wherever that is possible, since only five may follow each of the person's.
 * https://developer.work.weixin.qq.com/document/path/96427
 */
export function renderMessages(body: RenderedMessage): KfMessage[] {
  return renderMenu(body) ?? renderTexts(body)
}

/** A menu; what it has no room for stands above it as numbered lines. Null where it does not fit. */
function renderMenu(body: RenderedMessage): KfMessage[] | null {
  const items = body.quickReplies.map(({ value, label }) => ({
    id: value,
    content: sayable(label),
  }))
  const buttons = items.slice(0, MAX_ITEMS)
  if (buttons.length === 0 || (items.length > MAX_ITEMS && body.numbered === false)) return null
  const rest = items
    .slice(MAX_ITEMS)
    .map(({ content }, index) => `${MAX_ITEMS + index + 1}. ${content}`)
  const head = [sayable(body.text), rest.join('\n')].filter((part) => part !== '').join('\n\n')
  const isFit =
    sizeOf(head, 'bytes') <= MAX_HEAD_BYTES &&
    buttons.every(({ id, content }) => fits(id, MAX_ID_BYTES) && fits(content, MAX_LABEL_BYTES))
  if (!isFit) return null
  const list = buttons.map((click) => ({ type: 'click' as const, click }))
  return [{ msgtype: 'msgmenu', msgmenu: { head_content: head, list } }]
}

function renderTexts(body: RenderedMessage): KfMessage[] {
  const whole = sayable(withNumberedOptions(body).text)
  return splitText(whole, MAX_TEXT_BYTES, 'bytes').map((content) => ({
    msgtype: 'text',
    text: { content },
  }))
}

function fits(text: string, most: number): boolean {
  const size = sizeOf(text, 'bytes')
  return size >= 1 && size <= most
}
