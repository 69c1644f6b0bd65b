import { customType } from '../core/drizzle.ts'

/** Bytes as both clients give them: no `Buffer`, which a Worker does not have. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'blob',
})
