/** Names in a row, with the mark that their own language puts between them. */
export function joinNames(names: readonly string[]): string {
  return names.join(names.some((name) => /\p{Script=Han}/u.test(name)) ? '、' : ', ')
}
