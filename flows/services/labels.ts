import type { MessageKey } from '../../locales/keys.ts'
import { SERVICES } from './table.ts'

/**
 * The labels of the buttons that work at any time, with what they do: typed, they do the same, whether or not the button is
 * on the screen. `test/flows/services/labels.test.ts` walks every flow and finds the one that is missing here.
 */
export const BUTTON_LABELS: readonly (readonly [label: MessageKey, value: string])[] = [
  ['apply.menu', '!apply'],
  ['apply.status', '!status'],
  ['apply.documents', '!documents'],
  ['apply.lookUp', '!case-lookup'],
  ['prescreen.menu', '!prescreen'],
  ['prescreen.again', '!restart'],
  ['status.lookUp', '!case-lookup'],
  ['status.supplement', '!supplement'],
  ['supplement.remove', '!documents'],
  ['events.menu', '!events'],
  ['voucher.menu', '!voucher'],
  ['my-data.menu', '!my-data'],
  ['link.make', '!link:make'],
  ['link.makeQr', '!link:qr'],
  ['menu.ask', '!more:ask'],
  ['menu.more', '!more'],
  ['menu.person', '!person'],
  ['policy.person', '!person'],
  ['handoff.person', '!person'],
  ['policy.menu', '!menu'],
  ['handoff.menu', '!menu'],
  ['news.menu', '!menu'],
  ['handoff.return', '!bot'],
  ['news.prescreen', '!prescreen'],
  ['news.apply', '!apply'],
  ['news.status', '!status'],
  ['news.documents', '!documents'],
  ['news.events', '!events'],
  ['telegram.menu', '!menu'],
  ['telegram.back', '!back'],
  ['telegram.help', '!help'],
  ['telegram.person', '!person'],
  ['telegram.language', '!language'],
  ['telegram.stop', '!stop'],
  ['talk.putAside', '!cancel'],
  ['common.restartYes', '!restart'],
  ['common.restartNo', '!restart:keep'],
  ['settings.chinese', '!language:zh-Hans'],
  ['settings.english', '!language:en'],
  ...Object.values(SERVICES)
    // What is offered by no button.
    .filter(({ label }) => label !== 'service.labelThanks' && label !== 'service.labelBye')
    .map(({ label, opens }) => [label, opens] as const),
]
