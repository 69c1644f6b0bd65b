/** The settings that need each other, as src/kernel/config.ts has read them. */
type Related =
  | 'DATA_KEYS'
  | 'INDEX_KEY'
  | 'PUBLIC_URL'
  | 'STAFF_TELEGRAM_CHAT_ID'
  | 'TELEGRAM_BOT_TOKEN'
  | 'TELEGRAM_WEBHOOK_SECRET'
  | 'GATEWAY_APP_URL'
  | 'WECHATY_PUPPET'
  | 'WECHATY_TOKEN'
  | 'WECHAT_GATEWAY_SECRET'
  | 'WECHAT_MP_APP_ID'
  | 'WECHAT_MP_APP_SECRET'
  | 'WECHAT_MP_TOKEN'
  | 'WECHAT_MP_AES_KEY'
  | 'WECHAT_MP_AES_KEY_OLD'
  | 'WECHAT_MP_NOTICE'
  | 'WECHAT_KF_CORP_ID'
  | 'WECHAT_KF_SECRET'
  | 'WECHAT_KF_TOKEN'
  | 'WECHAT_KF_AES_KEY'
  | 'WECHAT_KF_ID'
type Settings = { readonly [Name in Related]?: string | undefined }

/** What is wrong with settings that are right each for itself: in words for whoever set them. */
export function contradictions(config: Settings): string[] {
  const problems: string[] = []
  if ((config.DATA_KEYS === undefined) !== (config.INDEX_KEY === undefined)) {
    problems.push('DATA_KEYS and INDEX_KEY must be set together')
  }
  if (config.STAFF_TELEGRAM_CHAT_ID !== undefined && config.TELEGRAM_BOT_TOKEN === undefined) {
    problems.push('TELEGRAM_BOT_TOKEN is needed when STAFF_TELEGRAM_CHAT_ID is set')
  }
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
  return [
    ...problems,
    ...gatewayContradictions(config),
    ...wechatMpContradictions(config),
    ...wechatKfContradictions(config),
  ]
}

function gatewayContradictions(config: Settings): string[] {
  const { WECHATY_PUPPET: puppet, WECHAT_GATEWAY_SECRET: secret, GATEWAY_APP_URL: app } = config
  const isNear = app === undefined || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|$)/.test(app)
  const needsToken = puppet !== undefined && /-(service|padlocal)$/.test(puppet)
  return [
    ...(needsToken && config.WECHATY_TOKEN === undefined
      ? [`WECHATY_TOKEN is needed by ${puppet}`]
      : []),
    ...(puppet !== undefined && secret === undefined
      ? ['WECHAT_GATEWAY_SECRET is needed when WECHATY_PUPPET is set: app and gateway share it']
      : []),
    ...(isNear || app.startsWith('https://')
      ? []
      : ['GATEWAY_APP_URL must begin with https:// where the app is on another machine']),
  ]
}

/** An official account needs all of its settings: with some of them it would only look as if it worked. */
function wechatMpContradictions(config: Settings): string[] {
  const needed = [
    'WECHAT_MP_APP_ID',
    'WECHAT_MP_APP_SECRET',
    'WECHAT_MP_TOKEN',
    'WECHAT_MP_AES_KEY',
  ] as const
  const optional = ['WECHAT_MP_AES_KEY_OLD', 'WECHAT_MP_NOTICE'] as const
  const given = [...needed, ...optional].filter((name) => config[name] !== undefined)
  const missing = needed.filter((name) => config[name] === undefined)
  if (given.length === 0) return []
  return missing.map(
    (name) => `${name} is needed for the official account, since ${given[0]} is set`,
  )
}

/** So does an account of 微信客服. */
function wechatKfContradictions(config: Settings): string[] {
  const needed = [
    'WECHAT_KF_CORP_ID',
    'WECHAT_KF_SECRET',
    'WECHAT_KF_TOKEN',
    'WECHAT_KF_AES_KEY',
    'WECHAT_KF_ID',
  ] as const
  const given = needed.filter((name) => config[name] !== undefined)
  if (given.length === 0) return []
  return needed
    .filter((name) => config[name] === undefined)
    .map((name) => `${name} is needed for 微信客服, since ${given[0]} is set`)
}
