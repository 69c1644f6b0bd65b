/**
 * Minutes from one moment to another, both as we store them (`2027-01-01T01:00:00Z`); over midnight, and from one year to the
 * next, like any others. Reckoned by hand, since flows have no clock.
 */
export function minutesBetween(from: string, to: string): number {
  return minutesOf(to) - minutesOf(from)
}

function minutesOf(at: string): number {
  const part = (start: number, end: number) => Number(at.slice(start, end))
  const days = daysOf(part(0, 4), part(5, 7), part(8, 10))
  return (days * 24 + part(11, 13)) * 60 + part(14, 16)
}

/** Days since a day long past, in a year that begins with March, so that the leap day is its last. */
function daysOf(year: number, month: number, day: number): number {
  const years = month <= 2 ? year - 1 : year
  const months = month <= 2 ? month + 9 : month - 3
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400)
  return 365 * years + leaps + Math.floor((153 * months + 2) / 5) + day
}
