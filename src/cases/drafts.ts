import * as z from 'zod'
import type { StoredSession } from '../../db/conversation/stored-sessions.ts'
import type { Run } from '../../flows/engine/state.ts'
import { FormAnswers, type FormValue } from '../../flows/programme/form/form-field.ts'
import { type Answer, Answers } from '../../flows/programme/rules/answers.ts'

const Prescreen = z.object({ answers: Answers })
const Application = z.object({
  answers: FormAnswers,
  prescreen: Answers.nullable(),
})

/** What is half-filled in a person's conversations. */
export type Drafts = {
  prescreen: Record<string, Answer>[]
  application: Record<string, FormValue>[]
}

/** Reads the half-filled forms out of the memory of conversations; empty ones are left out. */
export function draftsOf(sessions: readonly StoredSession[]): Drafts {
  const runs = sessions.flatMap(({ memory }): Run[] => [
    ...(memory?.state?.stack ?? []),
    ...Object.values(memory?.state?.parked ?? {}),
  ])
  const applications = runs.flatMap(({ flow, data }) => {
    const parsed = flow === 'apply' ? Application.safeParse(data) : null
    return parsed?.success === true ? [parsed.data] : []
  })
  const prescreens = runs.flatMap(({ flow, data }) => {
    const parsed = flow === 'prescreen' ? Prescreen.safeParse(data) : null
    return parsed?.success === true ? [parsed.data.answers] : []
  })
  const full = <Given extends object>(answers: Given) => Object.keys(answers).length > 0
  return {
    prescreen: [...prescreens, ...applications.map(({ prescreen }) => prescreen ?? {})].filter(
      full,
    ),
    application: applications.map(({ answers }) => answers).filter(full),
  }
}
