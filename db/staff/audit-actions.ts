/**
 * Every action that staff, the command line or the product itself may have written down, by the kind of
 * thing it is done to. The entry's `action` is `kind.verb`. Each kind is a filter of the audit's page and
 * each action has words there (`locales/<language>/staff/audit.json`); types hold both to this table.
 * Moves of cases and vouchers are data of the pack and are named by `moveAction`.
 */
export const AUDIT_ACTIONS = {
  account: ['password-changed', 'backup-codes-renewed', 'authenticator-changed'],
  answer: ['drafted', 'discarded', 'published', 'undone'],
  audit: ['exported'],
  campaign: [
    'written',
    'rewritten',
    'submitted',
    'approved',
    'returned',
    'paused',
    'resumed',
    'cancelled',
    'illustrated',
    'bared',
  ],
  canned: ['added', 'changed', 'removed'],
  case: [
    'revealed',
    'file-opened',
    'assigned',
    'commented',
    'talk-read',
    'searched',
    'amended',
    'marked',
    'person-opened',
    'printed',
    'undone',
  ],
  chat: ['linked', 'opened', 'closed', 'unlinked', 'code-made'],
  disclosure: ['asked', 'agreed'],
  event: [
    'created',
    'changed',
    'published',
    'cancelled',
    'reported',
    'checked-in',
    'check-in-undone',
  ],
  fund: [
    'received',
    'provided',
    'reserved',
    'allocation-asked',
    'allocated',
    'allocation-declined',
    'allotted',
    'paid',
    'recorded',
    'reversed',
    'quota-entered',
    'statement-exported',
    'account-seen',
    'account-agreed',
    'account-declined',
    'account-revealed',
    'accounts-asked',
  ],
  handoff: ['opened', 'revealed', 'answered', 'noted', 'taken', 'passed', 'closed'],
  key: ['made', 'agreed', 'revoked'],
  ledger: [
    'exported',
    'exported-full',
    'import-uploaded',
    'import-started',
    'import-cancelled',
    'import-ended',
  ],
  list: ['made', 'renamed', 'deleted', 'filled', 'person-removed'],
  miss: ['solved', 'dismissed'],
  months: ['planned'],
  notice: ['sent-again', 'left'],
  office: ['entered'],
  phrase: ['added', 'removed'],
  proposal: ['sent', 'agreed', 'refused'],
  provider: ['added', 'changed', 'listed', 'suspended', 'struck'],
  quiz: ['changed'],
  session: ['started', 'ended', 'revoked'],
  staff: [
    'invited',
    'moved',
    'shut-out',
    'let-in',
    'link-made',
    'authenticator-reset',
    'access-asked',
    'access-refused',
    'supervision-asked',
    'supervision-given',
  ],
  table: ['taken'],
  tipoff: ['opened', 'answered', 'moved', 'closed', 'file-opened'],
  webhook: ['made', 'rotated', 'ended', 'tested', 'sent-again'],
  voucher: ['ask-lock', 'ask-redeem', 'paper', 'paper-opened', 'budget', 'settlement-exported'],
} as const

/** What an action may be done to, as the audit's filter names it. */
export type AuditKind = keyof typeof AUDIT_ACTIONS

type Listed = {
  [Kind in AuditKind]: `${Kind}.${(typeof AUDIT_ACTIONS)[Kind][number]}`
}[AuditKind]

/** An action that is a move of a case or a voucher: its name and its label are the pack's. */
type MoveAction = `${'case' | 'voucher'}.${string}` & { readonly move: true }

/** What may stand in the audit as an entry's action. */
export type AuditAction = Listed | MoveAction

/** What entries are about where it is not named as the actions upon it are. */
const SUBJECTS = [
  'campaign-list',
  'ledger-import',
  'settlement',
  'voucher-budget',
  'voucher-provider',
] as const

/** What an entry may be about: its `subject` is `kind:id`. */
export type AuditSubjectKind = AuditKind | (typeof SUBJECTS)[number]

/** The action of a move that the pack defines. */
export function moveAction(kind: 'case' | 'voucher', move: string): AuditAction {
  return `${kind}.${move}` as MoveAction
}

/** Whether the table knows an action; a move is known to its pack. */
export function isListedAction(action: string): action is Listed {
  const [kind = '', verb = ''] = action.split('.')
  return isAuditKind(kind) && AUDIT_ACTIONS[kind].some((listed) => listed === verb)
}

/** Whether actions are filtered by this kind. */
export function isAuditKind(kind: string): kind is AuditKind {
  return Object.hasOwn(AUDIT_ACTIONS, kind)
}

/** Whether something is named otherwise than the actions upon it. */
export function isSubjectKind(kind: string): kind is (typeof SUBJECTS)[number] {
  return SUBJECTS.some((subject) => subject === kind)
}

/** Every kind of action. */
export const AUDIT_KINDS = Object.keys(AUDIT_ACTIONS) as AuditKind[]
