import { catalog } from './catalog.ts'
import { createTranslateFrom, type Translate } from './translate.ts'

export type { Translate } from './translate.ts'

/** Every text of the product, filled in (`createTranslateFrom`). */
export const createTranslate = (): Translate => createTranslateFrom(catalog)
