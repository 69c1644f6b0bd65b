import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '')
const sources = tracked
  .filter((file) => /^(src|bots|flows|db)\/.*\.(ts|tsx|js)$/.test(file))
  .map((file) => ({
    file,
    code: readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''),
  }))

/** Where a pattern stands, as `file: the line`. */
function found(pattern: RegExp, among = sources): string[] {
  return among.flatMap(({ file, code }) =>
    code
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  )
}

describe('the code', () => {
  it('takes settings from the environment alone, in the three programs', () => {
    const files = new Set(found(/process\.env/).map((line) => line.split(':')[0]))
    expect([...files].sort()).toEqual([
      'src/channels/start-gateway.node.ts',
      'src/cli.ts',
      'src/node.ts',
      // Which of several processes this is, as the one that began it says.
      'src/platform/processes/join.node.ts',
    ])
  })

  it('fetches in ways that Workers know, too: there is no `redirect: error`', () => {
    expect(found(/redirect: ['"]error/)).toEqual([])
  })

  it('holds no secret', () => {
    const text = tracked
      .filter(
        (file) =>
          /\.(ts|tsx|js|json|toml|md|txt|yml|jsonl)$/.test(file) && file !== 'package-lock.json',
      )
      .map((file) => ({ file, code: readFileSync(file, 'utf8') }))
    const keys =
      /-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bghp_\w{36}\b|\b\d{9,10}:AA[\w-]{33}\b|\bxox[bp]-\d/
    expect(found(keys, text)).toEqual([])
  })

  it('compares no secret by ===, which tells by its time how much was right', () => {
    const compared =
      /\b\w*(secret|signature|hmac|password|token|passcode|digits|pin|checkInKey)\w* [!=]== (?!undefined|null\b|'')/i
    // From our own tables or our own words: whose session this is, which token was refused, a Chinese zero.
    expect(found(compared).sort()).toEqual([
      "bots/wechat-platform/tokens.ts: const fetched = 'token' in first && first.token === bad ? await fetchToken(true) : first",
      'bots/wechat-platform/tokens.ts: if (isGood(stored) && stored.token !== bad) {',
      "flows/programme/money/amounts.ts: } else if (token === '零') {",
      'src/staff/console/account/page.tsx: {session.token === token ? (',
    ])
  })

  it('goes nowhere that settings do not name, and follows nobody’s redirect', () => {
    const calls = sources
      .filter(({ file }) => !file.includes('/public/'))
      .flatMap(({ file, code }) =>
        [
          ...code.matchAll(
            /(?<![.\w])fetch(?<here>Here)?\((?<to>[^,)]+)(?<rest>(?:(?!fetch\()[\s\S]){0,450})/g,
          ),
        ].map(({ groups }) => ({
          file,
          // Without the marks, which would look like a forgotten template here.
          to: (groups?.to ?? '').trim().replaceAll('$', ''),
          says: groups?.here !== undefined || /redirect: 'manual'/.test(groups?.rest ?? ''),
        })),
      )
    const outgoing = calls.filter(
      ({ to }) => !['request', 'request: Request', 'address: string'].includes(to),
    )
    expect(new Set(outgoing.map(({ to }) => to))).toEqual(
      new Set([
        '`{apiRoot}/file/bot{token}/{path}`',
        'url',
        'address(path',
        // Of a token, by stable-token.ts and its like: the API root of the settings and a fixed path.
        'address',
        '`{options.appUrl}{path}`',
      ]),
    )
    // What staff enter is told by one file, which checks the address it connects to (docs/security.md, V5).
    const sockets = sources.filter(({ code }) =>
      /^import (?!type ).*'node:(https?|net|tls|http2|dgram)'/m.test(code),
    )
    expect(sockets.map(({ file }) => file)).toEqual(['src/api/webhooks/post.node.ts'])
    const follow = outgoing.filter(({ says }) => !says).map(({ file }) => file)
    expect(follow).toEqual([])
  })

  it('runs no text as code and puts none into a page as markup', () => {
    expect(
      found(
        /\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML\b|insertAdjacentHTML|document\.write/,
      ),
    ).toEqual([])
  })
})
