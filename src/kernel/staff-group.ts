/** A chat of staff, on a network of its own: it is told of hand-offs, and answers them by replying. */
export type StaffGroup = {
  /** The network's id of the chat; nothing from any other counts. */
  chat: string
  /** Whether a person's words may be shown there (PIPL 38-40). */
  personal: boolean
  /** Says something there, in a thread of it where one is named; the message's id, or null where it did not arrive. Never rejects for the network. */
  post: (text: string, replyTo?: number, thread?: number) => Promise<number | null>
}
