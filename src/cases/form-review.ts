import type { Text } from '../../flows/engine/types.ts'
import type { Review } from '../../flows/programme/form/dialog/asked.ts'
import type { Form } from '../../flows/programme/form/form.ts'
import type { FormAnswers } from '../../flows/programme/form/form-field.ts'
import { reviewLines } from '../../flows/programme/form/review-lines.ts'
import type { PlaceTable } from '../../flows/programme/places/place-table.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'

type Speaks = { deps: Pick<Deps, 'translate'>; locale: Locale }

/** A text in words. */
export function inWords({ deps, locale }: Speaks, text: Text): string {
  return 'key' in text ? deps.translate(locale, text.key, text.params) : text.text
}

/** All that a form says so far, masked, each line with its number. */
export function reviewOf(
  speaks: Speaks & { pack: { places: PlaceTable } },
  form: Form,
  answers: FormAnswers,
): Review {
  const { deps, locale, pack } = speaks
  const lines = reviewLines(form, answers, locale, { masked: true, places: pack.places })
  return {
    kind: 'review',
    lines: lines.map(({ field: key, label, value }, at) => ({
      key,
      label,
      line: deps.translate(locale, 'apply.reviewLine', {
        number: at + 1,
        label,
        value: inWords(speaks, value),
      }),
    })),
  }
}
