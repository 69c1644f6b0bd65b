import { resolvePlace } from '../places/places.ts'
import { accept, type Checked, type FieldContext, reject } from './field-input.ts'

/** Longer than any way of naming a district. */
const LONGEST = 60

/**
 * Checks a district of the pack's table, however it is typed. What only sounds or looks like one is
 * asked back, and a neighbour with a scheme of its own is told apart in the table's own words.
 */
export function checkPlace(typed: string, context: FieldContext): Checked {
  const text = typed.trim()
  if (!/[\p{L}\p{N}]/u.test(text)) return reject('form.placeEmpty')
  if ([...text].length > LONGEST) return reject('form.placeLong')
  const { places } = context
  const place = resolvePlace(places, text)
  switch (place.kind) {
    case 'found':
      return place.how === 'exact' ? accept(place.id) : { ok: false, which: [place.id] }
    case 'candidates':
      return { ok: false, which: place.ids }
    case 'elsewhere':
      return choosePlace(place.id, context)
    case 'city':
      return reject('programme.placeCity')
    case 'unknown':
      return reject(/^[\d\s]+$/.test(text) ? 'form.placeCode' : 'programme.placeUnknown')
  }
}

/** Checks a place that was chosen by its id. */
export function choosePlace(id: string, { places, locale }: FieldContext): Checked {
  if (places.own.some((place) => place.id === id)) return accept(id)
  const near = places.elsewhere.find((place) => place.id === id)
  return near === undefined
    ? reject('programme.placeUnknown')
    : { ok: false, problem: { text: near.note[locale] } }
}
