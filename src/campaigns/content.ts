import * as z from 'zod'
import { IMAGE_MIMES } from '../../db/campaigns/images.ts'
import { BUTTON_FLOWS } from '../../flows/campaigns/buttons.ts'
import { LOCALES, type Locale } from '../../locales/keys.ts'

/** As long as every network takes in one message, with room for the buttons below. */
export const MAX_TEXT = 600
/** What a broadcast may say of its reader. */
export const VARIABLES = ['name', 'district', 'number', 'stage'] as const
export type Variable = (typeof VARIABLES)[number]
/** Those that a channel must be allowed to carry. */
const PERSONAL: readonly Variable[] = ['name', 'number', 'stage']

/** `{{name|朋友}}`: what is known of the reader, or what is said in its place. */
const HOLE = /\{\{([^{}|]*)(?:\|([^{}]*))?\}\}/g

/** Of the words for whoever does not see the picture. */
export const MAX_ALT = 120

const Text = z.string().trim().min(1).max(MAX_TEXT)

/** What a broadcast says, in both languages. */
export const Content = z.object({
  'zh-Hans': Text,
  en: Text,
  buttons: z.array(z.enum(BUTTON_FLOWS)).max(3),
  /** A picture (db/campaigns/images.ts), and what it shows. */
  image: z
    .object({
      id: z.string().regex(/^[\w-]{1,64}$/),
      mime: z.enum(IMAGE_MIMES),
      'zh-Hans': z.string().min(1).max(MAX_ALT),
      en: z.string().min(1).max(MAX_ALT),
    })
    .optional(),
})
export type Content = z.infer<typeof Content>

/** What is wrong with the holes of a text, for whoever wrote it. */
export type HoleProblem = { hole: string; problem: 'unknown' | 'no-fallback' | 'unclosed' }

/** The holes that cannot be filled: a name we don't know, or one without words in its place. */
function checkHoles(text: string): HoleProblem[] {
  const problems: HoleProblem[] = []
  for (const [whole, name = '', fallback] of text.matchAll(HOLE)) {
    if (!isVariable(name.trim())) problems.push({ hole: whole, problem: 'unknown' })
    else if (fallback === undefined || fallback.trim() === '') {
      problems.push({ hole: whole, problem: 'no-fallback' })
    }
  }
  const rest = text.replace(HOLE, '')
  const open = /\{\{.{0,20}|.{0,20}\}\}/.exec(rest)
  return open === null ? problems : [...problems, { hole: open[0], problem: 'unclosed' }]
}

/** Everything that is wrong with a content, by language. */
export function checkContent(content: Content): { locale: Locale; problem: HoleProblem }[] {
  return LOCALES.flatMap((locale) =>
    checkHoles(content[locale]).map((problem) => ({ locale, problem })),
  )
}

/** Whether any of it says something of its reader, so that the reader's case must be opened. */
export function namesReader(content: Content): boolean {
  return LOCALES.some((locale) => content[locale].includes('{{'))
}

/** The text for one reader. `known`: what is known; what may not be said on this channel is left out of it. */
export function fillHoles(text: string, known: Partial<Record<Variable, string>>): string {
  return text.replace(HOLE, (_, name: string, fallback = '') => {
    const key = name.trim()
    return (isVariable(key) ? known[key] : undefined) ?? fallback.trim()
  })
}

/** What may be said of a reader on a channel that carries nothing personal. */
export function impersonal(
  known: Partial<Record<Variable, string>>,
): Partial<Record<Variable, string>> {
  return Object.fromEntries(
    Object.entries(known).filter(([name]) => !PERSONAL.includes(name as Variable)),
  )
}

function isVariable(name: string): name is Variable {
  return (VARIABLES as readonly string[]).includes(name)
}
