import * as z from 'zod'
import { Bilingual } from '../bilingual.ts'

/** A district, county, city or zone that hands out the grant. */
const Place = z.object({
  id: z.string().regex(/^[a-z-]+$/),
  kind: z.enum(['district', 'county', 'city', 'zone']),
  /** GB/T 2260; a zone has none. */
  code: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  name: Bilingual,
  /** As people say it: 花溪. */
  short: z.string().min(1),
  aliases: z.array(z.string().min(1)),
})

/** The places of a programme, as data. */
export const PlaceTable = z
  .object({
    own: z.array(Place).min(1),
    /** Names and codes that mean the whole city: which part must still be asked. */
    city: z.object({ names: z.array(z.string().min(1)), codes: z.array(z.string()) }),
    /** Names of before, and what they may mean today: always asked. */
    former: z.array(z.object({ name: z.string().min(1), now: z.array(z.string()).min(1) })),
    /** Towns, townships and streets: in which of the places one of that name is. More than one: it is asked. */
    townships: z
      .array(z.object({ name: z.string().min(2), in: z.array(z.string()).min(1) }))
      .optional(),
    /** Near, and not part of it: a place with a scheme of its own. */
    elsewhere: z.array(
      z.object({
        id: z.string().regex(/^[a-z-]+$/),
        name: Bilingual,
        aliases: z.array(z.string().min(1)),
        note: Bilingual,
      }),
    ),
  })
  .superRefine(({ own, former, elsewhere, townships = [] }, ctx) => {
    const ids = [...own, ...elsewhere].map(({ id }) => id)
    const complain = (message: string) => ctx.addIssue({ code: 'custom', message })
    if (new Set(ids).size !== ids.length) complain('Two places share an id.')
    for (const { name, now } of former) {
      for (const id of now) if (!ids.includes(id)) complain(`${name}: there is no place ${id}`)
    }
    for (const { name, in: districts } of townships) {
      for (const id of districts)
        if (!ids.includes(id)) complain(`${name}: there is no place ${id}`)
    }
  })
export type PlaceTable = z.infer<typeof PlaceTable>

/** The names of townships that stand in a text, the longest first. */
export function townshipsIn({ townships = [] }: PlaceTable, text: string): string[] {
  return townships
    .flatMap(({ name }) => [name, shortOf(name)])
    .filter((name) => name.length > 1 && text.includes(name))
    .toSorted((a, b) => b.length - a.length)
}

/** A township's name as people say it: without its kind, and the peoples that it is named for. */
export function shortOf(name: string): string {
  return name.replace(/(?:镇|乡|街道)$/u, '').replace(/(?:\p{Script=Han}{1,4}族)+$/u, '')
}
