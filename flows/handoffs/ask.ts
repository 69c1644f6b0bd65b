/** What a person says of the answer that staff closed last; src/handoffs/flow/helped.ts plans it. */
export type HelpedIntent = { kind: 'handoff.helped'; isHelped: boolean }

/** `nothing`: no hand-off of this chat was closed by staff lately. */
export type HelpedReply = { kind: 'noted'; isHelped: boolean } | { kind: 'nothing' }
