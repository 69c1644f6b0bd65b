import { fileOf } from '../../helpers/files.ts'

/** What is put into a form: `form` beside or instead of its own fields, `texts` where people write. */
type Filling = {
  form: Record<string, string | readonly string[]>
  texts: readonly string[]
  fill: number
  file: Uint8Array | null
}

/** Stands for a field in which a file is chosen. */
const UPLOAD = '\u0000file'

/** A form as a page shows it: its fields with what they hold or offer. */
type Form = { path: string; fields: Readonly<Record<string, readonly string[]>> }

/** Names of fields that any form of the console has, and what they offer, as they are come across. */
export type Known = { forms: Map<string, Form>; values: Map<string, Set<string>> }

/** A table, a paper, or what is neither. */
function uploadOf(turn: number, { texts, file }: Filling): BlobPart {
  const rows = texts.map((text) => `${text},${turn},2018-06-01`).join('\n')
  const kinds: BlobPart[] = [
    `申请编号,姓名,金额\n${rows}\n`,
    new Uint8Array([...fileOf('pdf'), ...(file ?? [])]),
    new Uint8Array([...fileOf('zip'), ...(file ?? [])]),
    new Uint8Array(file ?? []),
  ]
  return kinds[turn % kinds.length] ?? ''
}

/** What a real form of the page would send, with some of it changed; or just anything. */
export function bodyOf(path: string, one: Filling, known: Known): FormData {
  const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`)
  const form = [...known.forms.values()].find((candidate) => pattern.test(candidate.path))
  const body = new FormData()
  let turn = one.fill
  for (const [name, offered] of Object.entries(form?.fields ?? {})) {
    turn = (turn * 1_103_515_245 + 12_345) % 2_147_483_648
    if (turn % 13 === 0) continue
    if (offered.includes(UPLOAD)) {
      body.append(name, new File([uploadOf(turn, one)], '台账.csv'))
      continue
    }
    // What a page leaves empty is for people to write.
    const full = [...offered, ...(known.values.get(name) ?? [])].filter((text) => text !== '')
    const pool = full.length > 0 && turn % 7 !== 0 ? full : one.texts
    body.append(name, (pool[turn % pool.length] ?? '').toWellFormed())
  }
  for (const [name, values] of Object.entries(one.form)) {
    for (const text of [values].flat()) body.append(name, String(text).toWellFormed())
  }
  if (one.file !== null) {
    const name = Object.keys(one.form)[0] ?? 'file'
    body.append(name, new File([fileOf('pdf'), new Uint8Array(one.file)], '合同.pdf'))
  }
  return body
}

/** Reads the forms of a page, so that what is posted is close to what people post. */
export function learn({ forms, values }: Known, html: string): void {
  for (const [, attributes = '', inside = ''] of html.matchAll(
    /<form([^>]*)>([\s\S]*?)<\/form>/g,
  )) {
    const action = /(?:action|hx-post)="([^"]*)"/.exec(attributes)?.[1]
    if (action === undefined || forms.size > 400) continue
    const fields: Record<string, string[]> = {}
    for (const [tag, name = ''] of inside.matchAll(
      /<(?:input|textarea|button|select)[^>]*\sname="([^"]*)"[^>]*>/g,
    )) {
      const shown = /\svalue="([^"]*)"/.exec(tag)?.[1]
      const list = fields[name] ?? []
      fields[name] = list
      if (/type="file"/.test(tag)) list.push(UPLOAD)
      else if (shown !== undefined) list.push(plainOf(shown))
      if (tag.startsWith('<select')) list.push(...optionsOf(inside.slice(inside.indexOf(tag))))
      const all = values.get(name) ?? new Set()
      for (const one of list) if (all.size < 30) all.add(one)
      values.set(name, all)
    }
    const path = plainOf(action).split('?')[0] ?? ''
    if (path.startsWith('/console'))
      forms.set(path.replaceAll(/\/[\w-]{8,}(?=\/|$)/g, '/x'), { path, fields })
  }
}

function optionsOf(from: string): string[] {
  const select = from.slice(0, Math.max(0, from.indexOf('</select>')))
  return [...select.matchAll(/<option[^>]*value="([^"]*)"/g)].map(([, one = '']) => plainOf(one))
}

function plainOf(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
