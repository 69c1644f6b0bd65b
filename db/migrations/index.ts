import { sql as spine } from './0001-spine.ts'
import { sql as consents } from './0002-consents.ts'
import { sql as sealed } from './0003-sealed.ts'
import { sql as cases } from './0004-cases.ts'
import { sql as attachments } from './0005-attachments.ts'
import { sql as wechat } from './0006-wechat.ts'
import { sql as staff } from './0007-staff.ts'
import { sql as gateway } from './0008-gateway.ts'

/** Numbered and never edited after they have landed: `name` is what a database remembers. */
export const migrations: readonly { name: string; sql: string }[] = [
  { name: '0001-spine', sql: spine },
  { name: '0002-consents', sql: consents },
  { name: '0003-sealed', sql: sealed },
  { name: '0004-cases', sql: cases },
  { name: '0005-attachments', sql: attachments },
  { name: '0006-wechat', sql: wechat },
  { name: '0007-staff', sql: staff },
  { name: '0008-gateway', sql: gateway },
]
