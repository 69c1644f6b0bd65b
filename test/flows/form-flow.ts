import * as z from 'zod'
import { say, setupFlow } from '../../flows/engine/define.ts'

type FormStep = 'askName' | 'askPeople' | 'askPlan'
const FormData = z.object({ name: z.string(), people: z.number().nullable(), plan: z.string() })
const form = setupFlow<z.infer<typeof FormData>, FormStep>()

/** A form as the apply flow will be: free text, a number, options; versioned, resumable. */
export const formFlow = form.defineFlow({
  id: 'form',
  version: 2,
  data: FormData,
  initial: { name: '', people: null, plan: '' },
  start: 'askName',
  help: { key: 'menu.help' },
  resumable: true,
  steps: {
    askName: form.ask({
      text: { text: 'name?' },
      freeText: true,
      parse: z.string().trim().min(2).max(20),
      otherwise: { text: 'name: 2 to 20 characters' },
      keep: (data, name) => ({ ...data, name }),
      next: 'askPeople',
      samples: ['张三丰'],
    }),
    askPeople: form.ask({
      text: (data) => ({ text: `${data.name}, how many?` }),
      numbered: false,
      options: [{ value: 'unknown', label: { text: '不确定' } }],
      parse: z
        .string()
        .regex(/^\d{1,3}$|^unknown$/)
        .transform((typed) => (typed === 'unknown' ? null : Number(typed))),
      otherwise: (typed) => ({ text: `not a number: ${typed}` }),
      keep: (data, people) => ({ ...data, people }),
      next: 'askPlan',
      samples: ['3'],
    }),
    askPlan: form.ask({
      text: { text: 'plan?' },
      options: [
        { value: 'tea', label: { text: '茶叶' } },
        { value: 'tour', label: { text: '旅游' } },
      ],
      parse: z.enum(['tea', 'tour']),
      otherwise: { text: 'tea or tour' },
      keep: (data, plan) => ({ ...data, plan }),
      effects: () => [say({ text: 'done' })],
      next: 'end',
    }),
  },
  migrations: {
    2: ({ step, data }) => ({
      step: step === 'askHeadcount' ? 'askPeople' : step,
      data: { people: null, plan: '', ...data },
    }),
  },
})
