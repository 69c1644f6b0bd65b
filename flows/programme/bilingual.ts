import * as z from 'zod'

/** One text in both languages: what a pack says is complete in each. */
export const Bilingual = z.object({ 'zh-Hans': z.string().min(1), en: z.string().min(1) })
export type Bilingual = z.infer<typeof Bilingual>
