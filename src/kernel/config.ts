import * as z from 'zod'
import { DEFAULT_PROGRAMME } from '../../db/policy/default.ts'
import type { ChannelType } from '../../flows/engine/types.ts'
import { contradictions } from './contradictions.ts'
import { proxiesOf } from './ip-address.ts'
import { areDataKeys, isIndexKey } from './keys.ts'
import { SAMPLE_OFFICE_HOURS, SAMPLE_TIMEOUT_HOURS } from './office.ts'
import { parseWeek } from './office-hours.ts'

const AES_KEY = z
  .string()
  .regex(/^[A-Za-z0-9]{43}$/, {
    error: 'must be the 43 letters of the EncodingAESKey in 服务器配置',
  })
  .optional()

const Settings = z.object({
  PORT: z.coerce
    .number({ error: 'must be a number, for example 3000' })
    .int()
    .min(0)
    .max(65535, { error: 'must be at most 65535' })
    .default(3000),
  HOST: z.string().default('127.0.0.1'),
  PROCESSES: z.coerce
    .number({ error: 'must be a number, for example 2' })
    .int()
    .min(1, { error: 'must be at least 1' })
    .max(64, { error: 'must be at most 64' })
    .default(1),
  TRUST_PROXY: z
    .string()
    .refine((text) => proxiesOf(text) !== null, {
      error:
        'must be none, loopback, or the addresses of your proxies, for example loopback,10.0.0.0/8',
    })
    .default('loopback'),
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
  DATA_KEYS: z
    .string()
    .refine(areDataKeys, {
      error: 'must be id:key pairs, separated by commas; make one with: npm run cli -- keys new',
    })
    .optional(),
  INDEX_KEY: z
    .string()
    .refine(isIndexKey, {
      error: 'must be 32 bytes in base64; make one with: npm run cli -- keys new',
    })
    .optional(),
  RETENTION_DAYS: z.coerce
    .number({ error: 'must be a number of days, for example 730' })
    .int()
    .min(30, { error: 'must be at least 30' })
    .default(730),
  UNDO_SECONDS: z.coerce
    .number({ error: 'must be a number of seconds, for example 60' })
    .int()
    .min(0)
    .max(3600, { error: 'must be 3600 at most' })
    .default(60),
  PERSONAL_DATA_CHANNELS: z
    .string()
    .regex(
      /^(none|(web|terminal|telegram|wechat|wechat-mp|wechat-kf)(,(web|terminal|telegram|wechat|wechat-mp|wechat-kf))*)$/,
      {
        error: 'must be a list such as web,terminal,wechat-mp, or none',
      },
    )
    .default('web,terminal'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, { error: 'must look like 123456:ABC… as @BotFather gave it' })
    .optional(),
  TELEGRAM_BOT_NAME: z
    .string()
    .regex(/^\w{5,32}$/, {
      error: 'must be the name of the bot without the @, for example weiqitong_bot',
    })
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
  STAFF_TELEGRAM_CHAT_ID: z
    .string()
    .regex(/^-\d{5,20}$/, {
      error: 'must be the id of a group, a number that begins with -, for example -1001234567890',
    })
    .optional(),
  OFFICE_HOURS: z
    .string()
    .refine((text) => parseWeek(text) !== null, {
      error: 'must look like Mon-Fri 9:00-12:00,14:00-17:00 (as a clock in China shows it)',
    })
    .default(SAMPLE_OFFICE_HOURS),
  HANDOFF_TIMEOUT_HOURS: z.coerce
    .number({ error: 'must be a number of working hours, for example 8' })
    .min(0.1, { error: 'must be at least 0.1' })
    .max(200, { error: 'must be at most 200' })
    .default(SAMPLE_TIMEOUT_HOURS),
  WECHAT_GATEWAY_SECRET: z
    .string()
    .min(32, { error: 'must be at least 32 characters; make one with: openssl rand -base64 32' })
    .optional(),
  WECHATY_PUPPET: z
    .string()
    .regex(/^(@[\w-]+\/)?wechaty-puppet-[\w-]+$/, {
      error: 'must be a package name, for example wechaty-puppet-wechat4u',
    })
    .optional(),
  WECHATY_TOKEN: z.string().min(1).optional(),
  GATEWAY_APP_URL: z
    .url({ error: 'must be a whole address, for example https://chat.example.gov.cn' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  GATEWAY_FOLDER: z.string().default('data/gateway'),
  WECHAT_DAILY_CAP: z.coerce
    .number({ error: 'must be a number, for example 200' })
    .int()
    .min(1, { error: 'must be at least 1' })
    .default(200),
  WECHAT_REMARKS: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  WECHAT_MP_APP_ID: z
    .string()
    .regex(/^wx[0-9a-f]{16}$/, {
      error: 'must look like wx and 16 letters, as 设置与开发 shows it',
    })
    .optional(),
  WECHAT_MP_APP_SECRET: z
    .string()
    .regex(/^[0-9a-f]{32}$/, { error: 'must be the 32 letters that 设置与开发 showed once' })
    .optional(),
  WECHAT_MP_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{3,32}$/, {
      error:
        'must be 3 to 32 of A-Z a-z 0-9, the same as in 服务器配置; make one with: openssl rand -hex 16',
    })
    .optional(),
  WECHAT_MP_AES_KEY: AES_KEY,
  WECHAT_MP_AES_KEY_OLD: AES_KEY,
  WECHAT_MP_API_ROOT: z
    .url({ error: 'must be a whole address, for example https://api.weixin.qq.com' })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('https://api.weixin.qq.com'),
  WECHAT_MP_SERVICE_MESSAGES: z
    .enum(['on', 'off'], { error: 'must be on or off; off is for accounts that are not verified' })
    .default('on'),
  WECHAT_MP_NOTICE: z
    .string()
    .regex(/^(template|subscription|long-term):[\w-]+:\w+$/, {
      error:
        'must be template, subscription or long-term, the template id and its field, for example subscription:Xw3…:thing2',
    })
    .optional(),
  WECHAT_KF_CORP_ID: z
    .string()
    .regex(/^w[wx]\w{8,30}$/, { error: 'must look like ww and 16 letters: 我的企业 → 企业ID' })
    .optional(),
  WECHAT_KF_SECRET: z
    .string()
    .min(32, { error: 'must be the secret of the application that may use 微信客服' })
    .optional(),
  WECHAT_KF_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{1,32}$/, {
      error: 'must be 1 to 32 of A-Z a-z 0-9, the Token of 接收事件服务器',
    })
    .optional(),
  WECHAT_KF_AES_KEY: AES_KEY,
  WECHAT_KF_AES_KEY_OLD: AES_KEY,
  WECHAT_KF_ID: z
    .string()
    .regex(/^[\w-]{1,64}$/, { error: 'must be the account’s open_kfid, for example wkAbc…' })
    .optional(),
  WECHAT_KF_URL: z
    .url({
      protocol: /^https$/,
      error: 'must be the address that npm run cli -- wechat-kf link prints',
    })
    .optional(),
  WECHAT_KF_DESK: z
    .enum(['console', 'wecom'], {
      error: 'must be console (staff answer here) or wecom (in the client of WeCom)',
    })
    .default('console'),
  WECHAT_KF_API_ROOT: z
    .url({ error: 'must be a whole address, for example https://qyapi.weixin.qq.com' })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('https://qyapi.weixin.qq.com'),
  PROGRAMME: z.string().default(DEFAULT_PROGRAMME),
  METRICS_TOKEN: z
    .string()
    .min(16, { error: 'must be at least 16 characters; make one with: openssl rand -hex 24' })
    .optional(),
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

/** Which channels may take personal data: a state organ keeps it in the country (PIPL 36, 40). */
export function personalDataOf(config: Config): (channel: ChannelType) => boolean {
  const channels = new Set(config.PERSONAL_DATA_CHANNELS.split(','))
  return (channel) => channels.has(channel)
}
