import type { OutboundMessage, QuickReply, Text } from './types.ts'

/** So many answers in a row without use, and a person is offered. */
const STUCK = 3
const WAYS_OUT: readonly QuickReply[] = [
  { value: '!person', label: { key: 'policy.person' } },
  { value: '!cancel', label: { key: 'talk.putAside' } },
]

/**
 * Why a step could not use what was said, by how often in a row (`times`, from 1): from the second on with what the step
 * means, then with a person and a way to put it aside.
 */
export function unheard(
  times: number,
  otherwise: Text,
  explain: () => readonly Text[] | null,
): OutboundMessage {
  if (times >= STUCK) return { text: [otherwise, { key: 'talk.stuck' }], quickReplies: WAYS_OUT }
  const explained = times < 2 ? [] : (explain() ?? [])
  return { text: explained.length === 0 ? otherwise : [otherwise, ...explained] }
}
