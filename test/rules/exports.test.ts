import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /^(src|bots|flows|db|locales)\/.*\.tsx?$/.test(file) && !file.endsWith('.d.ts'))

/** Exported functions of a source, however they are written, that no doc comment explains; by name. */
function unexplained(name: string, code: string): string[] {
  const source = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true)
  const explained = new Set<string>()
  const seen: string[] = []
  for (const statement of source.statements) {
    if (!ts.canHaveModifiers(statement)) continue
    if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
      continue
    for (const exported of functionsOf(statement)) {
      seen.push(exported)
      if (ts.getJSDocCommentsAndTags(statement).length > 0) explained.add(exported)
    }
  }
  return [...new Set(seen)].filter((exported) => !explained.has(exported))
}

/** The names of the functions that a statement makes: declared, or a constant that is one. */
function functionsOf(statement: ts.Statement): string[] {
  if (ts.isFunctionDeclaration(statement)) return [statement.name?.text ?? 'default']
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations
    .filter(({ initializer }) => initializer !== undefined && isFunction(initializer))
    .map(({ name }) => name.getText())
}

function isFunction(node: ts.Expression): boolean {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node)
}

describe('every exported function', () => {
  it('has a doc comment', () => {
    expect(files.length).toBeGreaterThan(300)
    const silent = files.flatMap((file) =>
      unexplained(file, readFileSync(file, 'utf8')).map((name) => `${file}: ${name}`),
    )
    expect(silent).toEqual([])
  })

  it('is found, however it is written, and a comment that is no doc comment does not count', () => {
    const code = `
      export function one() {}
      // says something
      export async function two() {}
      export const three = () => {}, four = function () {}
      export function* five() {}
      /** Explained. */
      export const six = async () => {}
      /** Explained. */
      export function seven(x: string): void
      export function seven(x: unknown) {}
      function inner() {}
      export const seven8 = 8
    `
    expect(unexplained('a.ts', code)).toEqual(['one', 'two', 'three', 'four', 'five'])
  })
})

/** The names of the types that a source exports. */
function exportedTypes(name: string, code: string): string[] {
  return ts
    .createSourceFile(name, code, ts.ScriptTarget.Latest, true)
    .statements.flatMap((node) =>
      (ts.isTypeAliasDeclaration(node) ||
        ts.isInterfaceDeclaration(node) ||
        ts.isClassDeclaration(node)) &&
      ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
        ? [node.name?.text ?? 'default']
        : [],
    )
}

/** Names that two sources give to types of their own, each with those sources. */
function namedTwice(sources: readonly (readonly [file: string, code: string])[]): string[] {
  const where = new Map<string, string[]>()
  for (const [file, code] of sources) {
    for (const type of exportedTypes(file, code)) {
      where.set(type, [...(where.get(type) ?? []), file])
    }
  }
  return [...where].filter(([, at]) => at.length > 1).map(([type, at]) => `${type}: ${at}`)
}

describe('every exported type', () => {
  it('has a name of its own', () => {
    expect(namedTwice(files.map((file) => [file, readFileSync(file, 'utf8')]))).toEqual([])
  })

  it('is found where two have one name', () => {
    expect(
      namedTwice([
        ['a.ts', 'export type Place = string; type Own = 1'],
        ['b.ts', 'export interface Place { id: string } type Own = 2'],
      ]),
    ).toEqual(['Place: a.ts,b.ts'])
  })
})
