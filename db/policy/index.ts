import { example2030 } from './example-2030/pack.ts'
import { guiyang2018 } from './guiyang-2018/pack.ts'
import type { PolicyPack } from './pack.ts'

/** The packs that come with the product, by programme. */
export const packs: Readonly<Record<string, () => PolicyPack>> = {
  'guiyang-2018': guiyang2018,
  'example-2030': example2030,
}
