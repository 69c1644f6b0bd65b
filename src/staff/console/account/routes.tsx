import * as z from 'zod'
import { writeAudited } from '../../../../db/staff/audit.ts'
import { endStaffChat } from '../../../../db/staff/chats.ts'
import { endOtherSessions, endSession } from '../../../../db/staff/sessions.ts'
import { action, nothing, page } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { makeStaffCode } from '../../chat/code.ts'
import { showAccount } from './page.tsx'
import { noteOwn, secretRoutes } from './secrets.ts'

const ChatForm = z.object({ chat: z.string() })
const SessionForm = z.object({ session: z.string() })

/** One's own account: what one is here, where one is signed in, and the chats in which one works. */
export const accountRoutes: readonly ConsoleRoute[] = [
  page('own-account', '/console/account', nothing, (_, request) =>
    showAccount(request, request.query('done') === 'password' ? { done: 'password' } : {}),
  ),
  ...secretRoutes,
  action('own-account', '/console/account/chats/code', nothing, async (_, request) => {
    const chatCode = await makeStaffCode(request.deps, request.staff.id)
    const page = await showAccount(request, { chatCode })
    return { status: chatCode === null ? 429 : 200, page }
  }),
  action('own-account', '/console/account/chats/end', nothing, async (_, request) => {
    const { deps, staff } = request
    const { chat } = await request.read(ChatForm)
    await writeAudited(deps.db, [noteOwn(request, 'chat.unlinked')], [endStaffChat(staff.id, chat)])
    return '/console/account' as const
  }),
  action('own-account', '/console/account/sessions/end', nothing, async (_, request) => {
    const { deps, staff } = request
    const { session } = await request.read(SessionForm)
    const entry = noteOwn(request, 'session.revoked')
    await writeAudited(deps.db, [entry], [endSession(staff.id, session)])
    return '/console/account' as const
  }),
  action('own-account', '/console/account/sessions/end-others', nothing, async (_, request) => {
    const { c, deps, staff } = request
    const entry = noteOwn(request, 'session.revoked')
    await writeAudited(deps.db, [entry], [endOtherSessions(staff.id, c.get('sessionToken'))])
    return '/console/account' as const
  }),
]
