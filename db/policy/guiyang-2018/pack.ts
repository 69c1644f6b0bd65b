import { FaqEntry, PolicyPack as Pack, type PolicyPack } from '../pack.ts'
import clauses from './clauses.json' with { type: 'json' }
import { directory } from './directory.ts'
import { events } from './events.ts'
import { facts, funds } from './facts.ts'
import bases from './faq/bases.json' with { type: 'json' }
import cooperation from './faq/cooperation.json' with { type: 'json' }
import funding from './faq/funding.json' with { type: 'json' }
import goals from './faq/goals.json' with { type: 'json' }
import groups from './faq/groups.json' with { type: 'json' }
import guarantees from './faq/guarantees.json' with { type: 'json' }
import industries from './faq/industries.json' with { type: 'json' }
import money from './faq/money.json' with { type: 'json' }
import notStated from './faq/not-stated.json' with { type: 'json' }
import oversight from './faq/oversight.json' with { type: 'json' }
import publicity from './faq/publicity.json' with { type: 'json' }
import reform from './faq/reform.json' with { type: 'json' }
import voucherFaq from './faq/vouchers.json' with { type: 'json' }
import { form } from './form/form.ts'
import { places } from './places.ts'
import { programme } from './programme.ts'
import { quiz } from './quiz.ts'
import { rules } from './rules.ts'
import { services } from './services.ts'
import { stages } from './stages.ts'
import { subjects } from './subjects.ts'
import touchstones from './touchstones.json' with { type: 'json' }
import translations from './translations.json' with { type: 'json' }
import { vouchers } from './vouchers.ts'
import yesNo from './yes-no.json' with { type: 'json' }

/** Guiyang 2018, checked as it is read: a pack with a hole does not start. */
export function guiyang2018(): PolicyPack {
  return Pack.parse({
    programme,
    facts,
    places,
    rules,
    form,
    stages,
    vouchers,
    funds,
    events,
    quiz,
    touchstones,
    directory,
    services,
    subjects,
    translations,
    clauses: clauses.map(({ id, title, text }) => ({
      id,
      title,
      text: text.replace(/\s*\|\s*$/, ''),
    })),
    faq: FaqEntry.array().parse(
      [
        money,
        groups,
        industries,
        goals,
        funding,
        cooperation,
        reform,
        bases,
        voucherFaq,
        publicity,
        oversight,
        guarantees,
        notStated,
      ]
        .flat()
        .map((entry) => ({ ...entry, polar: polarOf.get(entry.id) })),
    ),
  })
}

/** Which phrasings of an entry are answered by yes, and which by no. */
const polarOf = new Map<string, FaqEntry['polar']>(Object.entries(yesNo))
