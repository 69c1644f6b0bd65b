import table from 'opencc-js/dict/TSCharacters'

/** Traditional characters in simplified form, one by one. Source: OpenCC's TSCharacters table. */
export function simplify(text: string): string {
  return text.replace(TRADITIONAL, (char) => SIMPLIFIED.get(char) ?? char)
}

const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  table.split('|').flatMap((pair) => {
    const [from, to] = pair.split(' ')
    return from && to ? [[from, to] as const] : []
  }),
)

const TRADITIONAL = new RegExp(`[${[...SIMPLIFIED.keys()].join('')}]`, 'gu')
