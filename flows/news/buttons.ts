/** Flows that a broadcast's button may open. */
export const BUTTON_FLOWS = ['prescreen', 'apply', 'status', 'documents'] as const
export type ButtonFlow = (typeof BUTTON_FLOWS)[number]
