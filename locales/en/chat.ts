export { default as 'campaigns-console' } from './campaigns/console.json' with { type: 'json' }
export { default as news } from './campaigns/news.json' with { type: 'json' }
export { default as apply } from './cases/apply.json' with { type: 'json' }
export { default as 'cases-console' } from './cases/console.json' with { type: 'json' }
export { default as documents } from './cases/documents.json' with { type: 'json' }
export { default as file } from './cases/file.json' with { type: 'json' }
export { default as form } from './cases/form.json' with { type: 'json' }
export { default as prescreen } from './cases/prescreen.json' with { type: 'json' }
export { default as status } from './cases/status.json' with { type: 'json' }
export { default as supplement } from './cases/supplement.json' with { type: 'json' }
export { default as 'channel-redirect' } from './channels/channel-redirect.json' with {
  type: 'json',
}
export { default as telegram } from './channels/telegram.json' with { type: 'json' }
export { default as web } from './channels/web.json' with { type: 'json' }
export { default as 'wechat-mp' } from './channels/wechat-mp.json' with { type: 'json' }
export { default as console } from './console/console.json' with { type: 'json' }
export { default as common } from './conversation/common.json' with { type: 'json' }
export { default as menu } from './conversation/menu.json' with { type: 'json' }
export { default as reminder } from './conversation/reminder.json' with { type: 'json' }
export { default as service } from './conversation/service.json' with { type: 'json' }
export { default as talk } from './conversation/talk.json' with { type: 'json' }
export { default as events } from './events/events.json' with { type: 'json' }
export { default as payment } from './funds/payment.json' with { type: 'json' }
export { default as handoff } from './handoffs/handoff.json' with { type: 'json' }
export { default as office } from './handoffs/office.json' with { type: 'json' }
export { default as policy } from './knowledge/policy.json' with { type: 'json' }
export { default as 'ledger-import' } from './ledger/import.json' with { type: 'json' }
export { default as notices } from './outbox/notices.json' with { type: 'json' }
export { default as link } from './people/link.json' with { type: 'json' }
export { default as 'my-data' } from './people/my-data.json' with { type: 'json' }
export { default as settings } from './people/settings.json' with { type: 'json' }
export { default as programme } from './programme/programme.json' with { type: 'json' }
export { default as quiz } from './quizzes/quiz.json' with { type: 'json' }
export { default as staff } from './staff/staff.json' with { type: 'json' }
export { default as 'tipoffs-console' } from './tipoffs/console.json' with { type: 'json' }
export { default as 'tip-off' } from './tipoffs/tip-off.json' with { type: 'json' }
export { default as voucher } from './vouchers/voucher.json' with { type: 'json' }
