import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /^(src|bots|flows|db|locales)\/.*\.(tsx?|js)$/.test(file))

/** Literals that are spread where they stand: `{ ...{ a, b } }` says no more than `{ a, b }`. */
function packed(name: string, code: string): string[] {
  const source = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const isSpread = ts.isSpreadAssignment(node) || ts.isSpreadElement(node)
    if (
      isSpread &&
      (ts.isObjectLiteralExpression(node.expression) ||
        ts.isArrayLiteralExpression(node.expression))
    ) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      found.push(`${name}:${line + 1}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

describe('a literal', () => {
  it('is not packed into another to keep its lines short', () => {
    expect(files.flatMap((file) => packed(file, readFileSync(file, 'utf8')))).toEqual([])
  })

  it('is found where it is', () => {
    expect(packed('a.ts', 'const a = { ...{ b: 1 }, c: [...[2, 3]] }')).toHaveLength(2)
    expect(packed('a.ts', 'const a = { ...b, c: [...d] }')).toEqual([])
  })
})
