/** Flows that a broadcast's button may open. */
export const BUTTON_FLOWS = ['prescreen', 'apply', 'status', 'documents', 'events'] as const
