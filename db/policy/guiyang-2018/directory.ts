import { type OfficeDirectory, UNKNOWN_OFFICE } from '../../../flows/programme/offices.ts'
import { places } from './places.ts'

/**
 * The plan names the offices and gives no address, telephone, or hours of any, nor does another source of ours: all
 * stands empty, and is said to, until the office enters it in the console.
 */
export const directory: OfficeDirectory = {
  city: UNKNOWN_OFFICE,
  districts: Object.fromEntries(places.own.map(({ id }) => [id, UNKNOWN_OFFICE])),
  map: 'https://uri.amap.com/marker?position={lon},{lat}',
  called: {
    'zh-Hans': ['所在区(市、县)微企办', '区(市、县)微企办', '当地微企办', '企业所在地的微企办'],
    en: [
      'the Micro-enterprise Office (微企办) of your district, city or county',
      'your district, city or county Micro-enterprise Office (微企办)',
      'your local Micro-enterprise Office (微企办)',
      'the local micro-enterprise office',
      'the local office',
      'your local office',
    ],
  },
}
