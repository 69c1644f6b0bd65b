import * as z from 'zod'
import { CHANNEL_TYPES } from '../../flows/engine/types.ts'
import type { Vault } from '../core/vault.ts'
import { districtFilter, type SqlCondition } from '../staff/district.ts'

const ids = z
  .array(z.string().regex(/^[\w-]{1,64}$/))
  .max(200)
  .default([])

/**
 * Whom a broadcast is for: everybody who meets each dimension that names anything, by any one of what it
 * names; nothing named is everybody. Stored as data, asked as one condition in SQL.
 */
export const Segment = z.object({
  /** Places of the pack: people with an application there. */
  districts: ids,
  /** Key groups of the pack, as an application named them. */
  groups: ids,
  /** Industries of the pack, as an application named them. */
  interests: ids,
  /** Stages of an application; with districts, of one there. */
  stages: ids,
  channels: z.array(z.enum(CHANNEL_TYPES)).default([]),
  locales: z.array(z.enum(['zh-Hans', 'en'])).default([]),
  /** Events that they signed up for. */
  events: ids,
  /** Lists that staff made. */
  lists: ids,
})
export type Segment = z.infer<typeof Segment>

/** Names what an application said, so that people can be chosen by it and nobody reads it from a row. */
export function traitIndex(vault: Vault, kind: 'group' | 'industry', id: string): Promise<string> {
  return vault.index('contact-trait', `${kind}:${id}`)
}

/**
 * The condition on a contact (`c`) to be in a segment. `eyes`: who asks, since a district's staff reach
 * the people of their district alone. Channels are not in it: they decide where somebody is told.
 */
export async function segmentCondition(
  vault: Vault,
  segment: Segment,
  eyes: { district: string | null },
): Promise<SqlCondition> {
  const groups = await Promise.all(segment.groups.map((id) => traitIndex(vault, 'group', id)))
  const industries = await Promise.all(
    segment.interests.map((id) => traitIndex(vault, 'industry', id)),
  )
  return allOf([
    applicationCondition(segment, eyes),
    traitCondition(groups),
    traitCondition(industries),
    anyOf('c.locale', segment.locales),
    memberCondition('event_signups', 'event_id', segment.events, `AND m.state <> 'cancelled'`),
    memberCondition('campaign_list_members', 'list_id', segment.lists),
  ])
}

/** Applications in these districts and stages; erased ones belong to nobody. */
function applicationCondition(
  { districts, stages }: Segment,
  eyes: { district: string | null },
): SqlCondition | null {
  if (districts.length === 0 && stages.length === 0 && eyes.district === null) return null
  const inner = allOf([
    eyes.district === null ? null : districtFilter(eyes, 'k.district'),
    anyOf('k.district', districts),
    anyOf('k.stage', stages),
  ])
  return {
    sql: `EXISTS (SELECT 1 FROM cases k WHERE k.contact_id = c.id AND ${inner.sql})`,
    args: inner.args,
  }
}

function traitCondition(traits: readonly string[]): SqlCondition | null {
  const within = anyOf('t.trait', traits)
  return within === null
    ? null
    : {
        sql: `EXISTS (SELECT 1 FROM contact_traits t WHERE t.contact_id = c.id AND ${within.sql})`,
        args: within.args,
      }
}

function memberCondition(
  table: string,
  column: string,
  wanted: readonly string[],
  more = '',
): SqlCondition | null {
  const within = anyOf(`m.${column}`, wanted)
  return within === null
    ? null
    : {
        sql: `EXISTS (SELECT 1 FROM ${table} m WHERE m.contact_id = c.id AND ${within.sql} ${more})`,
        args: within.args,
      }
}

function anyOf(column: string, wanted: readonly string[]): SqlCondition | null {
  return wanted.length === 0
    ? null
    : { sql: `${column} IN (${wanted.map(() => '?').join(', ')})`, args: wanted }
}

function allOf(conditions: readonly (SqlCondition | null)[]): SqlCondition {
  const held = conditions.filter((one) => one !== null)
  return held.length === 0
    ? { sql: 'TRUE', args: [] }
    : {
        sql: held.map(({ sql }) => `(${sql})`).join(' AND '),
        args: held.flatMap(({ args }) => args),
      }
}
