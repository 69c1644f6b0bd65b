/**
 * A condition on a session, with a channel and an address as parameters: it shares its half-filled forms, its
 * words and its loose files with the conversation of that address. Chats that were joined without a case that
 * proves them one person's do not.
 */
export const SAME_CIRCLE =
  'circle IS (SELECT circle FROM sessions WHERE channel = ? AND external_id = ?)'
