import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('./start-gateway.node.ts', import.meta.url))
/** A gateway that ended by itself is started again after a second, then after ever more, up to five minutes. */
const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 300_000
/** One that ran so long has done well, and the pauses begin anew. */
const WELL = 600_000

/** What a process needs of its machine. */
const OF_THE_MACHINE =
  /^(?:PATH|HOME|USER|LANG|LC_\w+|TZ|TMPDIR|TEMP|SystemRoot|(?:https?|no)_proxy|NODE_EXTRA_CA_CERTS)$/i
/** What the gateway is told. */
const OF_THE_GATEWAY =
  /^(?:WECHATY_\w+|WECHAT_GATEWAY_SECRET|WECHAT_DAILY_CAP|WECHAT_REMARKS|GATEWAY_FOLDER|PORT)$/

/**
 * The environment of a gateway beside the app: its own settings and those of the machine. Keys, the database and the
 * secrets of other networks are not in it, since a puppet brings some three hundred packages with it.
 */
export function gatewayEnvironment(
  env: Readonly<NodeJS.ProcessEnv>,
  appUrl: string,
): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => OF_THE_MACHINE.test(name) || OF_THE_GATEWAY.test(name),
  )
  return { ...Object.fromEntries(kept), GATEWAY_APP_URL: env.GATEWAY_APP_URL ?? appUrl }
}

/** Runs the WeChat gateway in a process of its own until it is stopped; it is started again where it ends by itself. */
export function spawnGateway(
  env: Readonly<NodeJS.ProcessEnv>,
  appUrl: string,
): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  let pause = FIRST_PAUSE
  let child = start()

  function start() {
    const begun = Date.now()
    const started = spawn(process.execPath, [PROGRAM], {
      env: gatewayEnvironment(env, appUrl),
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    started.once('exit', () => {
      if (stopping.signal.aborted) return
      pause = Date.now() - begun > WELL ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE)
      const again = setTimeout(() => {
        child = start()
      }, pause)
      stopping.signal.addEventListener('abort', () => clearTimeout(again))
    })
    return started
  }

  return {
    stop: async () => {
      stopping.abort()
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
