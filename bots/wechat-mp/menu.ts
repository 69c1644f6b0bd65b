import type { CallWechat } from '../wechat-platform/api.ts'
import { sayable } from '../wechat-platform/sayable.ts'

const MAX_TOP = 3
const MAX_SUB = 5
/** UTF-8 bytes: four Han characters on top, twenty below. */
const MAX_TOP_BYTES = 16
const MAX_SUB_BYTES = 60
const MAX_KEY_BYTES = 128

/** A tap on `value` comes back as that choice, and `!…` values work at any time; `url` is opened. */
type MenuItem = { value: string; label: string } | { url: string; label: string }
export type MenuGroup = { label: string; items: readonly MenuItem[] }

type Click =
  | { type: 'click'; name: string; key: string }
  | { type: 'view'; name: string; url: string }
type Menu = { button: (Click | { name: string; sub_button: Click[] })[] }

/**
 * The menu below the conversation: at most three groups of five. Groups without items are left out, a
 * group of one is a button of its own. Labels that are too long end in `…`; what would not fit is left
 * out, and `menu` in the conversation still has it.
 * https://developers.weixin.qq.com/doc/service/guide/product/menu/Creating_Custom-Defined_Menu.html
 */
export function renderMenu(groups: readonly MenuGroup[]): Menu {
  const button = groups.flatMap(({ label, items }): Menu['button'] => {
    const clicks = items
      .filter((item) => 'url' in item || bytes(item.value) <= MAX_KEY_BYTES)
      .slice(0, MAX_SUB)
      .map((item): Click => {
        const name = cut(item.label, MAX_SUB_BYTES)
        return 'url' in item
          ? { type: 'view', name, url: item.url }
          : { type: 'click', name, key: item.value }
      })
    const [only] = clicks
    if (only === undefined) return []
    const name = cut(label, MAX_TOP_BYTES)
    return clicks.length === 1 ? [{ ...only, name }] : [{ name, sub_button: clicks }]
  })
  return { button: button.slice(0, MAX_TOP) }
}

/** Sets the account's menu; people see it within a day, or at once when they follow anew. */
export async function createMenu(
  call: CallWechat,
  groups: readonly MenuGroup[],
): Promise<string[]> {
  const result = await call('menu/create', renderMenu(groups))
  return result.ok ? [] : [`menu/create: ${result.detail}`]
}

function cut(text: string, most: number): string {
  const whole = sayable(text)
  if (bytes(whole) <= most) return whole
  let kept = ''
  for (const character of whole) {
    if (bytes(`${kept}${character}…`) > most) break
    kept += character
  }
  return `${kept}…`
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length
}
