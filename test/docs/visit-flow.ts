import * as z from 'zod'
import { say, setupFlow } from '../../flows/engine/define.ts'

const Day = z.enum(['周一', '周四'])
const { ask, defineFlow } = setupFlow<{ day: string }, 'askDay' | 'askPeople'>()

export const visitFlow = defineFlow({
  id: 'visit',
  version: 1,
  data: z.object({ day: z.string() }),
  initial: { day: '' },
  start: 'askDay',
  help: { key: 'menu.help' },
  words: ['预约', 'visit'],
  resumable: true,
  steps: {
    askDay: ask({
      text: { text: '您哪天来？' },
      options: Day.options.map((day) => ({ value: day, label: { text: day } })),
      parse: Day,
      otherwise: { text: '只有周一和周四有人，请选一天。' },
      keep: (_, day) => ({ day }),
      next: 'askPeople',
    }),
    askPeople: ask({
      text: { text: '一共来几位？' },
      numbered: false,
      samples: ['2'],
      parse: z.string().regex(/^[1-9]$/),
      otherwise: { text: '请写一个数字，1到9。' },
      keep: (data) => data,
      effects: ({ day }, people) => [say({ text: `记下了：${day}，${people}位。` })],
      next: 'end',
    }),
  },
  migrations: {},
})
