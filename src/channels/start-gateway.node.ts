import { randomBytes } from 'node:crypto'
import type { Gateway } from '../../bots/wechat/gateway.node.ts'
import { GENTLE } from '../../bots/wechat/pace.ts'
import type { GatewayState } from '../../bots/wechat/wire.ts'
import { createKeyedMutex } from '../kernel/commit/keyed-mutex.ts'
import { type Config, ConfigError, readConfig } from '../kernel/config.ts'

/**
 * Starts the WeChat gateway that the settings ask for. `appUrl` is where the app listens; `print` shows
 * staff the QR code and each change of the login. Throws `ConfigError` where something is missing.
 */
async function startConfiguredGateway(
  config: Config,
  { appUrl, print }: { appUrl: string; print: (text: string) => void },
): Promise<Gateway> {
  const { WECHATY_PUPPET: puppet, WECHAT_GATEWAY_SECRET: secret, WECHATY_TOKEN: token } = config
  if (puppet === undefined || secret === undefined) {
    throw new ConfigError([
      'WECHATY_PUPPET and WECHAT_GATEWAY_SECRET are needed for the gateway: see docs/wechat-gateway.md',
    ])
  }
  try {
    // Only here: wechaty is an optional package, and no small one.
    const { startGateway } = await import('../../bots/wechat/gateway.node.ts')
    return await startGateway({
      appUrl,
      secret,
      puppet: puppet as 'wechaty-puppet-wechat4u',
      ...(token === undefined ? {} : { puppetOptions: { token } }),
      folder: config.GATEWAY_FOLDER,
      dailyCap: config.WECHAT_DAILY_CAP,
      pace: GENTLE,
      marks: config.WECHAT_REMARKS === 'on',
      createQueue: createKeyedMutex,
      now: () => new Date().toISOString(),
      random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
      onState: (state) => void show(state, print),
    })
  } catch (error) {
    const missing = missingPackage(error)
    if (missing === null) throw error
    throw new ConfigError([`${missing} is not installed: npm install ${missing}`])
  }
}

const PHASES: Record<GatewayState['phase'], string> = {
  starting: '正在启动 · starting',
  'waiting-for-scan': '请用办公微信扫描下面的二维码 · scan this code with the office WeChat',
  'logged-in': '已登录 · logged in',
  'logged-out': '已退出登录 · logged out',
  stopped: '已停止 · stopped',
}

async function show(
  { phase, qr, problem }: GatewayState,
  print: (text: string) => void,
): Promise<void> {
  const code = qr === undefined ? '' : await drawn(qr)
  print(
    [
      `  微信 WeChat  ${PHASES[phase]}`,
      ...(code === '' ? [] : ['', code, `  ${qr}`, '']),
      ...(problem === null ? [] : [`    ! ${problem}`]),
    ].join('\n'),
  )
}

async function drawn(qr: string): Promise<string> {
  const { default: QRCode } = await import('qrcode')
  return QRCode.toString(qr, { type: 'terminal', small: true })
}

function missingPackage(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  return /Cannot find (?:package|module) '([\w@/-]+)'/.exec(error.message)?.[1] ?? null
}

/** `npm run gateway`: the gateway in a process of its own, beside an app that may be anywhere. */
async function main(): Promise<void> {
  // What is said to a terminal that is gone is said to nobody.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const config = readConfig(process.env)
  const appUrl = config.GATEWAY_APP_URL ?? `http://127.0.0.1:${config.PORT}`
  const gateway = await startConfiguredGateway(config, { appUrl, print: console.log })
  console.log(`  微信 WeChat  → ${appUrl}`)
  // A puppet leaves promises alone; what matters is on disk, and the login would be lost.
  process.on('unhandledRejection', (error) => {
    const kind = error instanceof Error ? error.name : typeof error
    console.error(`  微信 WeChat  ! a puppet left an error behind (${kind})`)
  })
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      gateway.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(error instanceof ConfigError ? error.message : error)
    process.exit(1)
  })
}
