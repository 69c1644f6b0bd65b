import { type OfficeDirectory, UNKNOWN_OFFICE } from '../../../flows/programme/offices.ts'

const SAMPLE = { 'zh-Hans': '虚构的示例', en: 'a fictional sample' }

/** The hours of a week: five days alike, Saturday, and a Sunday on which nobody is there. */
const week = (days: string, saturday: string) => [days, days, days, days, days, saturday, '']

/** Offices of a city that does not exist; of one nothing is known, as it will be in a true directory. */
export const directory: OfficeDirectory = {
  city: {
    ...UNKNOWN_OFFICE,
    address: { 'zh-Hans': '云溪市示例路1号（虚构）', en: '1 Sample Road, Yunxi (fictional)' },
    phone: '0999-5550100',
    hours: { week: week('9:00-12:00,13:30-17:00', ''), closed: [] },
    point: { lat: 30, lon: 110 },
    source: SAMPLE,
    asOf: '2030-01-02',
  },
  districts: {
    dongqiao: {
      ...UNKNOWN_OFFICE,
      address: {
        'zh-Hans': '东桥区样板街2号（虚构）',
        en: '2 Pattern Street, Dongqiao (fictional)',
      },
      phone: '13900000000',
      hours: { week: week('8:30-12:00,14:00-17:30', '9:00-11:30'), closed: ['2030-10-01'] },
      source: SAMPLE,
      asOf: '2030-01-02',
    },
    xihe: {
      ...UNKNOWN_OFFICE,
      phone: '12345',
      source: SAMPLE,
      asOf: '2030-01-02',
    },
    nanping: UNKNOWN_OFFICE,
  },
  called: {
    'zh-Hans': ['县区小店办'],
    en: ['your shop office', 'the shop office of your district or county'],
  },
}
