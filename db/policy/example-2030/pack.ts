import phrases from '../common/service-phrases.json' with { type: 'json' }
import { PolicyPack as Pack, type PolicyPack } from '../pack.ts'
import { clauses } from './clauses.ts'
import { facts } from './facts.ts'
import { faq } from './faq.ts'
import { form } from './form.ts'
import { places } from './places.ts'
import { programme } from './programme.ts'
import { rules } from './rules.ts'
import { stages } from './stages.ts'

/** A fictional programme, small and whole: what the next city's pack begins from (docs/write-a-pack.md). */
export function example2030(): PolicyPack {
  const services = { phrases, beside: {}, instead: {} }
  return Pack.parse({ programme, facts, places, rules, form, stages, services, clauses, faq })
}
