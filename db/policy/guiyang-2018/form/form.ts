import type { Form } from '../../../../flows/programme/form/form.ts'
import { documents } from '../documents.ts'
import { applicantFields } from './form-applicant.ts'
import { enterpriseFields } from './form-enterprise.ts'

/**
 * Guiyang's application: what an office needs to know before it looks at a case. The plan prints no
 * form (facts.md 1.5: not found), so nothing here is a condition, and no bank account is asked: how
 * the money is paid is not stated either.
 */
export const form: Form = {
  fields: [...applicantFields, ...enterpriseFields],
  together: [
    {
      fields: ['name', 'identityNumber', 'mobile'],
      text: {
        'zh-Hans': '请写姓名（照身份证）、身份证号码和手机号码。一次写全，或者一样一样来，都行。',
        en: 'Please type your name (as on your identity card), identity number and mobile number: all at once, or one after the other.',
      },
    },
    {
      fields: ['district', 'township', 'village'],
      text: {
        'zh-Hans':
          '企业办在哪里？写区（市、县）、乡镇（街道）和村（居委会）；乡镇和村不清楚，只写区也行。',
        en: 'Where is the business, or where will it be? Type the district, township and village; the district alone will do.',
      },
    },
    {
      fields: ['township', 'village'],
      text: {
        'zh-Hans': '在哪个乡镇（街道）、哪个村（居委会）？不清楚可以跳过。',
        en: 'In which township, and which village or neighbourhood? You can skip this.',
      },
    },
    {
      fields: ['registered', 'creditCode'],
      text: {
        'zh-Hans': '营业执照办了吗？办了的，把统一社会信用代码（18位）也写上。',
        en: 'Do you have the business licence? If so, type its credit code (18 characters), too.',
      },
    },
    {
      fields: ['employees', 'keyGroupEmployees'],
      text: {
        'zh-Hans':
          '连您自己，有几个人干活（没开业的说打算）？除了您，有几个是重点人员（毕业生、返乡农民工、退伍军人、残疾人等）？比如“3人，1个”。',
        en: 'How many people work there, you included (or will)? And how many of them, without you, belong to the key groups? For example “3, 1”.',
      },
    },
  ],
  documents,
}
