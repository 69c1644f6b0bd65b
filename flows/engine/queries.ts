/**
 * What flows may ask of the world and what they may have done, by topic: [what is asked, what is answered, what is
 * intended]. It is one map, filled in flows/queries.ts, which knows every area; the engine knows none.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled from above, so that the engine imports no flow.
export interface Queries {}

type Topic = keyof Queries

/** What a flow asks of the world; the runner answers with a `result` in the same turn. */
export type Query = Queries[Topic][0]

/**
 * What is to be done for the person, as plain data. The runner lets the area plan it into statements of this very
 * turn's batch (src/<area>/flow), and steps once more with what came of it: done, or why not.
 */
export type Intent = Queries[Topic][2]

/** What the world answers, under its topic. */
export type QueryReply = { [Of in Topic]?: Queries[Of][1] }

/** What is asked of the policy; the engine asks, too, whether a line is a question. */
export type PolicyQuery =
  /**
   * `within`: asked in the middle of something else, where only what is surely a question is answered. `after`: the entry
   * that answered last, where the question may lean on it.
   */
  | { kind: 'policy-answer'; question: string; within?: true; after?: string }
  | { kind: 'policy-entry'; id: string }
  | { kind: 'policy-clause'; id: string }
