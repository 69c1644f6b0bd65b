import fc from 'fast-check'
import * as z from 'zod'

/** As much of JSON Schema as the document of the API uses. */
export const Schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  get properties() {
    return z.record(z.string(), Schema).optional()
  },
  required: z.array(z.string()).optional(),
  get items() {
    return Schema.optional()
  },
  maxLength: z.number().optional(),
  minLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
  minItems: z.number().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
})
export type Schema = z.infer<typeof Schema>

const Content = z.record(z.string(), z.looseObject({ schema: Schema }))
const Operation = z.looseObject({
  summary: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z
    .array(
      z.looseObject({ name: z.string(), in: z.enum(['path', 'query', 'header']), schema: Schema }),
    )
    .default([]),
  requestBody: z.looseObject({ content: Content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: Content.optional() })),
})
/** The document of the API. */
export const Document = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.enum(['get', 'post']), Operation.optional())),
  components: z.looseObject({ schemas: z.record(z.string(), Schema) }),
})
export type Document = z.infer<typeof Document>
export type Operation = z.infer<typeof Operation>

/** Every operation of a document, with its method and its path. */
export function operationsOf({ paths }: Document) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      operation === undefined ? [] : [{ path, method: method.toUpperCase(), operation }],
    ),
  )
}

/** What stands where others are free to choose. */
const odd = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '"1"',
    '2018-06-01T00:00:00Z',
    '../..',
    '%00',
    '__proto__',
    '贵阳',
    '👩‍🌾',
    '\u202e',
    "'; --",
  ),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
)

/** What a text of this name is likely to be. */
export type Words = (name: string) => fc.Arbitrary<string>

/** Values that fit a schema of the document. `name`: of what it describes. */
function fitting(
  document: Document,
  schema: Schema,
  words: Words,
  name = '',
): fc.Arbitrary<unknown> {
  const inside = (inner: Schema, of = name) => fitting(document, inner, words, of)
  if (schema.$ref !== undefined) {
    const named = document.components.schemas[schema.$ref.split('/').at(-1) ?? '']
    if (named === undefined) throw new Error(`the document lacks ${schema.$ref}`)
    return inside(named)
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const [type, ...others] = [schema.type ?? 'object'].flat()
  const one = ofType(type ?? 'object')
  return others.includes('null') ? fc.option(one) : one

  function ofType(kind: string): fc.Arbitrary<unknown> {
    switch (kind) {
      case 'string': {
        const { minLength = 0, maxLength = 200 } = schema
        if (schema.format === 'date-time') return fc.constantFrom('2018-06-01T00:00:00Z')
        return fc
          .oneof({ weight: 5, arbitrary: words(name) }, { weight: 1, arbitrary: odd })
          .map((text) => text.slice(0, maxLength).padEnd(minLength, 'x'))
      }
      case 'integer':
      case 'number':
        return fc.integer({ min: schema.minimum ?? -5, max: schema.maximum ?? 1000 })
      case 'boolean':
        return fc.boolean()
      case 'array': {
        const { minItems: minLength = 0, maxItems = 3 } = schema
        return fc.array(inside(schema.items ?? {}), { minLength, maxLength: Math.min(3, maxItems) })
      }
      default: {
        const properties = Object.entries(schema.properties ?? {})
        const required = schema.required ?? []
        return fc.record(
          Object.fromEntries(properties.map(([key, inner]) => [key, inside(inner, key)])),
          {
            requiredKeys: required,
          },
        )
      }
    }
  }
}

/** Values that fit, and now and then some that do not. */
function about(document: Document, schema: Schema, words: Words): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 6, arbitrary: fitting(document, schema, words) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fitting(document, schema, words), odd, fc.jsonValue({ maxDepth: 1 }))
        .map(([value, key, more]) =>
          typeof value === 'object' && value !== null ? { ...value, [key]: more } : more,
        ),
    },
  )
}

/** What a shot at an operation is made of; `body` is undefined for one that takes none. */
export function requestsOf(document: Document, operation: Operation, words: Words) {
  const of = (where: 'path' | 'query' | 'header') => {
    const named = operation.parameters.filter((one) => one.in === where)
    return fc.record(
      Object.fromEntries(
        named.map(({ name, schema }) => [name, fitting(document, schema, words, name).map(String)]),
      ),
      { requiredKeys: where === 'path' ? named.map(({ name }) => name) : [] },
    )
  }
  const content = operation.requestBody?.content['application/json']
  return fc.record({
    path: of('path'),
    query: of('query'),
    headers: of('header'),
    body: content === undefined ? fc.constant(undefined) : about(document, content.schema, words),
  })
}
