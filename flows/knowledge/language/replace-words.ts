/**
 * Replaces listed words in one pass, the longest that begins at a place first; an English word only
 * where it stands alone. Hand-written because one alternation of 250 words tries them all at every
 * character, which took half the time of building the index.
 */
export function createReplacer(replacements: ReadonlyMap<string, string>) {
  const byFirst = new Map<string, string[]>()
  for (const word of [...replacements.keys()].sort((a, b) => b.length - a.length)) {
    const first = word.charAt(0)
    byFirst.set(first, [...(byFirst.get(first) ?? []), word])
  }
  return (text: string): string => {
    let out = ''
    let copied = 0
    for (let i = 0; i < text.length; ) {
      const isWithin = LATIN.test(text.charAt(i)) && LATIN.test(text.charAt(i - 1))
      const word = isWithin
        ? undefined
        : byFirst.get(text.charAt(i))?.find((w) => text.startsWith(w, i) && alone(text, w, i))
      if (word === undefined) {
        i++
        continue
      }
      out += text.slice(copied, i) + (replacements.get(word) ?? '')
      i += word.length
      copied = i
    }
    return out + text.slice(copied)
  }
}

const alone = (text: string, word: string, at: number) =>
  !LATIN.test(word.charAt(0)) ||
  !(LATIN.test(text.charAt(at - 1)) || LATIN.test(text.charAt(at + word.length)))

const LATIN = /[a-z]/
