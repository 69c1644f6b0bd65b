import { z } from 'zod'

const Settings = z.object({
  PORT: z.coerce
    .number({ error: 'must be a number, for example 3000' })
    .int()
    .min(0)
    .max(65535, { error: 'must be at most 65535' })
    .default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z
    .url({ error: 'must be a whole address, for example https://chat.example.gov.cn' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|libsql:\/\/.+|https?:\/\/.+)$/, {
      error: 'must begin with file: (a file on this machine), libsql:// or https:// (a server)',
    })
    .default('file:data/weiqitong.db'),
  DATABASE_AUTH_TOKEN: z.string().min(1).optional(),
  SESSION_SECRET: z
    .string()
    .min(32, { error: 'must be at least 32 characters; make one with: openssl rand -base64 32' })
    .optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, { error: 'must look like 123456:ABC… as @BotFather gave it' })
    .optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, {
      error: 'must be 16 to 256 characters of A-Z a-z 0-9 _ -; make one with: openssl rand -hex 24',
    })
    .optional(),
  TELEGRAM_API_ROOT: z
    .url({ error: 'must be a whole address, for example https://api.telegram.org' })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('https://api.telegram.org'),
  PROGRAMME: z.string().default('guiyang-2018'),
  LOG: z.enum(['json', 'off'], { error: 'must be json or off' }).default('json'),
})

export type Config = z.output<typeof Settings>

/** The settings are wrong; `problems` says each one in words for whoever set them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The settings need a correction:\n${problems.map((line) => `  - ${line}`).join('\n')}`)
    this.problems = problems
  }
}

/**
 * Reads the settings from an environment (process.env or a Worker's bindings); the only reader of
 * either. Values never appear in a problem, since some are secrets. Empty counts as not set.
 */
export function readConfig(env: Readonly<Record<string, unknown>>): Config {
  const given = Object.fromEntries(
    Object.keys(Settings.shape).flatMap((name) => {
      const value = env[name]
      return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : []
    }),
  )
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`),
    )
  }
  const problems = contradictions(parsed.data)
  if (problems.length > 0) throw new ConfigError(problems)
  return parsed.data
}

function contradictions(config: Config): string[] {
  const problems: string[] = []
  if (config.TELEGRAM_BOT_TOKEN !== undefined && config.PUBLIC_URL !== undefined) {
    if (config.TELEGRAM_WEBHOOK_SECRET === undefined) {
      problems.push(
        'TELEGRAM_WEBHOOK_SECRET is needed when PUBLIC_URL is set: without it anybody could post as Telegram',
      )
    }
    if (!config.PUBLIC_URL.startsWith('https://')) {
      problems.push('PUBLIC_URL must begin with https:// for Telegram to deliver to it')
    }
  }
  return problems
}
