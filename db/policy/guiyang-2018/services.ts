import everyday from '../common/everyday-talk.json' with { type: 'json' }
import phrases from '../common/service-phrases.json' with { type: 'json' }
import type { PackServices } from '../pack.ts'

const ADDRESSES =
  "what's the address of the {yunyan|nanming|huaxi|wudang|baiyun|guanshanhu|qingzhen|xiuwen|xifeng|kaiyang} office"

/**
 * What the product does about what an entry says: its button goes below the answer. `instead`: the entry only says that the
 * plan is silent about what the product does, so the service speaks.
 */
export const services: PackServices = {
  everyday,
  phrases: { ...phrases, office: { ...phrases.office, en: [...phrases.office.en, ADDRESSES] } },
  beside: {
    'ns-opening': 'apply',
    'ns-still-open': 'apply',
    'ns-twice': 'status',
    'ns-materials': 'papers',
    'ns-conditions': 'prescreen',
    'ns-own-case': 'prescreen',
    'ns-getihu': 'prescreen',
    'groups-list': 'prescreen',
    'ns-review-days': 'status',
    'ns-arrival': 'payment',
    'ns-account': 'payment',
    'ns-results': 'status',
    'ns-appeal': 'status',
    'ns-change': 'correct',
    'ns-voucher-claim': 'vouchers',
    'ns-voucher-value': 'vouchers',
    'ns-voucher-validity': 'vouchers',
    'ns-voucher-providers': 'vouchers',
    'ns-voucher-cash': 'vouchers',
    'voucher-uses': 'vouchers',
    'voucher-who': 'vouchers',
    'voucher-platform': 'vouchers',
    'bases-incubator': 'bases',
    'bases-purpose': 'bases',
    'models-list': 'projects',
    'other-forms': 'projects',
    'publicity-month': 'events',
    'into-rural': 'events',
    'training-who': 'events',
    'ns-training': 'events',
    integrity: 'tip-off',
    'integrity-gifts': 'tip-off',
    'paid-agent': 'tip-off',
    'no-extra-thresholds': 'tip-off',
    'no-shirking': 'tip-off',
    'ns-fraud': 'tip-off',
    'data-credit': 'surveys',
  },
  integrity: 'integrity',
  instead: {
    'ns-steps': 'apply',
    'ns-online': 'apply',
    'ns-progress': 'status',
    'ns-where': 'office',
    'ns-phone': 'office',
    'ns-complaint': 'tip-off',
  },
}
