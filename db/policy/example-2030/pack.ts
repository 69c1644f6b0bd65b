import everyday from '../common/everyday-talk.json' with { type: 'json' }
import phrases from '../common/service-phrases.json' with { type: 'json' }
import { PolicyPack as Pack, type PolicyPack } from '../pack.ts'
import { clauses } from './clauses.ts'
import { directory } from './directory.ts'
import { facts, funds } from './facts.ts'
import { faq } from './faq.ts'
import { form } from './form.ts'
import { places } from './places.ts'
import { programme } from './programme.ts'
import { rules } from './rules.ts'
import { stages } from './stages.ts'

/** How the common phrases name an office, and what people of this city call it. */
const ANY_OFFICE = '微企办'
const NAMES = ['小店服务办', '小店办']

/** A fictional programme, small and whole: what the next city's pack begins from (docs/write-a-pack.md). */
export function example2030(): PolicyPack {
  const { office } = phrases
  const named = office['zh-Hans'].flatMap((frame) =>
    frame.includes(ANY_OFFICE) ? NAMES.map((name) => frame.replaceAll(ANY_OFFICE, name)) : [frame],
  )
  const services = {
    everyday,
    phrases: { ...phrases, office: { ...office, 'zh-Hans': named } },
    beside: {},
    instead: {},
  }
  return Pack.parse({
    programme,
    facts,
    places,
    rules,
    form,
    stages,
    funds,
    directory,
    services,
    clauses,
    faq,
  })
}
