import * as z from 'zod'
import { say, setupFlow } from '../../engine/define.ts'

type Step = 'askLanguage'
const Data = z.object({})
const { ask, defineFlow } = setupFlow<z.infer<typeof Data>, Step>()

/** What a person may set for themselves: the language. */
export const settingsFlow = defineFlow({
  id: 'settings',
  version: 1,
  data: Data,
  initial: {},
  start: 'askLanguage',
  help: { key: 'settings.help' },
  shows: ['askLanguage'],
  steps: {
    askLanguage: ask({
      text: { key: 'settings.askLanguage' },
      options: [
        { value: 'zh-Hans', label: { key: 'settings.chinese' } },
        { value: 'en', label: { key: 'settings.english' } },
      ],
      parse: z.enum(['zh-Hans', 'en']),
      otherwise: { key: 'settings.languageUnknown' },
      keep: (data) => data,
      effects: (_, locale) => [
        { type: 'save', record: { kind: 'locale', locale } },
        say({ key: 'settings.languageChanged' }),
      ],
      next: 'end',
    }),
  },
  migrations: {},
})
