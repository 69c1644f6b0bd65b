/** A mending of an attack that once worked, as it is taken out again. */
type Mending = { file: string; from: string; to: string; tests: readonly string[] }

/** Each must be noticed: docs/proofs.md names the attack, the test and the commit that mended it. */
export const MENDINGS: readonly Mending[] = [
  {
    file: 'src/people/flow/linking-take.ts',
    from: 'if (cases.length === 0) return null',
    to: 'if (cases.length >= 0) return null',
    tests: ['test/people/linking.test.ts'],
  },
  {
    file: 'src/handoffs/masked-talk.ts',
    from: 'isAnswer ? answer : maskWords(body.text, values)',
    to: 'body.text',
    tests: ['test/console/masking.test.ts'],
  },
  {
    file: 'src/vouchers/consent-request.ts',
    from: '(lapsesFen === 0',
    to: '(lapsesFen >= 0',
    tests: ['test/vouchers/chat.test.ts'],
  },
  {
    file: 'src/vouchers/console/provider/contract-page.tsx',
    from: "checked={textIn(draft, 'last') !== ''}",
    to: 'checked={true}',
    tests: ['test/vouchers'],
  },
  {
    file: 'src/platform/log-sink.node.ts',
    from: "stream.on('error', () => lose(fresh))",
    to: 'void fresh',
    tests: ['test/platform/log-sink.test.ts'],
  },
  {
    file: 'src/ledger/export-ledger.ts',
    from: "if (people > found.people + ALONE) return { kind: 'grown' }",
    to: '',
    tests: ['test/ledger/disclosures.test.ts'],
  },
  {
    file: 'src/ledger/export-ledger.ts',
    from: "if (reason.length < REASON.min || reason.length > REASON.max) return { kind: 'reason' }",
    to: '',
    tests: ['test/ledger/disclosures.test.ts'],
  },
  {
    file: 'src/handoffs/console/events.tsx',
    from: "(await stillMay(deps, c, 'inbox.read')) &&",
    to: '',
    tests: ['test/handoffs/stream.test.ts'],
  },
  {
    file: 'src/staff/access.ts',
    from: '[...told, ...also, signOutEverywhere(member.id)]',
    to: '[...told, ...also]',
    tests: ['test/staff/access.test.ts'],
  },
  {
    file: 'src/staff/access.ts',
    from: 'const told = await tellMember(deps, member.id, kind)',
    to: 'const told: never[] = []',
    tests: ['test/staff/access.test.ts'],
  },
  {
    file: 'src/platform/backup/cli.node.ts',
    from: 'await replayErasures(db, vault, erasures, now())',
    to: '0',
    tests: ['test/platform/erasures.test.ts'],
  },
  {
    file: 'src/platform/tables/csv.ts',
    from: '＝＋－＠',
    to: '',
    tests: ['test/platform/csv-cells.test.ts'],
  },
  {
    file: 'flows/programme/money/amounts.ts',
    from: '[-−‒–—]',
    to: '[-−]',
    tests: ['test/vouchers/amount-entries.test.ts'],
  },
  {
    file: 'flows/programme/money/amounts.ts',
    from: "amount.kind !== 'number' || amount.value >= 1e10",
    to: "amount.kind === 'empty'",
    tests: ['test/vouchers/amount-entries.test.ts'],
  },
  {
    file: 'src/http/limit-uploads.ts',
    from: 'open.requests >= atOnce.requests ||',
    to: '',
    tests: ['test/http/limit-uploads.test.ts'],
  },
  {
    file: 'src/http/limit-uploads.ts',
    from: 'limit: aDay.files }',
    to: 'limit: aDay.files * 1000 }',
    tests: ['test/http/limit-uploads.test.ts'],
  },
  {
    file: 'src/node.ts',
    from: 'await requireOwnKeys(deps)',
    to: '',
    tests: ['test/core/key-marks.test.ts', 'test/platform/start.test.ts'],
  },
  {
    file: 'src/chat-app.ts',
    from: 'const other = await compareKeys(deps.db, deps.vault)',
    to: 'const other = null',
    tests: ['test/core/key-marks.test.ts', 'test/http'],
  },
  {
    file: 'src/staff/lock-out.ts',
    from: "if (typeof device === 'string') {",
    to: 'if (device === null) {',
    tests: ['test/staff/sign-in.test.ts'],
  },
  {
    file: 'src/kernel/network-address.ts',
    from: '.slice(0, 4)',
    to: '.slice(0, 8)',
    tests: ['test/kernel/network-address.test.ts'],
  },
]
