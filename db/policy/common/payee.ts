import type { Form } from '../../../flows/programme/form/form.ts'

/**
 * What is asked for, to pay the direct subsidy into. A sample: the plan does not say how it is paid, nor into whose
 * account, so that a city replaces this by what its treasury asks for. Whose account it is, its bank and its number are
 * what any payment order needs.
 */
export const payeeForm: Form = {
  fields: [
    {
      id: 'whose',
      kind: 'one-of',
      label: { 'zh-Hans': '谁的账户', en: 'Whose account' },
      text: {
        'zh-Hans': '钱打到谁的账户？',
        en: 'Into whose account should the money go?',
      },
      explain: {
        'zh-Hans': '您本人或者企业的账户，核对起来最快。别人的账户，要两位工作人员核对以后才算。',
        en: 'Your own account or the business’s is checked fastest. Anybody else’s counts only once two members of staff have checked it.',
      },
      options: [
        {
          id: 'own',
          name: { 'zh-Hans': '我本人的', en: 'My own' },
          aliases: [
            '我的',
            '本人',
            '我自己',
            '我自己的',
            '自己',
            '个人',
            '个人账户',
            '私人账户',
            'me',
            'mine',
          ],
        },
        {
          id: 'business',
          name: { 'zh-Hans': '企业的', en: 'The business’s' },
          aliases: [
            '公户',
            '对公',
            '对公账户',
            '公司',
            '公司的',
            '企业',
            '店里的',
            'company',
            'the company',
          ],
        },
        {
          id: 'other',
          name: { 'zh-Hans': '别人的', en: 'Somebody else’s' },
          aliases: [
            '他人',
            '家里人的',
            '老婆的',
            '老公的',
            '爱人的',
            '家人',
            'my wife',
            'my husband',
          ],
        },
      ],
    },
    {
      id: 'holder',
      kind: 'text',
      label: { 'zh-Hans': '户名', en: 'Account holder' },
      text: {
        'zh-Hans': '这个账户的户名是什么？请和银行登记的一字不差。',
        en: 'What is the name on the account? Please write it exactly as the bank has it.',
      },
      explain: {
        'zh-Hans': '户名和银行登记的差一个字，钱就会退回来。',
        en: 'Where the name differs from the bank’s by one letter, the money comes back.',
      },
      askedIf: { op: 'is', question: 'whose', options: ['other'] },
      personal: true,
      limits: { min: 2, max: 60 },
    },
    {
      id: 'bank',
      kind: 'text',
      label: { 'zh-Hans': '开户银行', en: 'Bank' },
      text: {
        'zh-Hans': '在哪家银行开的户？写到支行最好，比如“某某银行某某支行”。',
        en: 'Which bank is the account with? Best with its branch, such as “… Bank, … branch”.',
      },
      explain: {
        'zh-Hans': '打款要写开户银行。存折、网上银行里都能看到是哪家支行。',
        en: 'A payment names the bank. The passbook or online banking shows which branch it is.',
      },
      limits: { min: 2, max: 60 },
    },
    {
      id: 'number',
      kind: 'bank-card',
      label: { 'zh-Hans': '账号', en: 'Account number' },
      text: {
        'zh-Hans': '账号（卡号）是多少？只要账号，密码和验证码谁要都别给。',
        en: 'What is the account (card) number? Only the number: give nobody a password or a one-time code.',
      },
      explain: {
        'zh-Hans': '只用来打款，加密存放，看的时候只露后四位。',
        en: 'It is used for paying only, kept encrypted, and shown with its last four digits.',
      },
      personal: true,
      limits: { min: 8, max: 30 },
    },
  ],
  documents: {
    note: {
      'zh-Hans':
        '方案没有写钱怎么打、打到谁的账户。这几项是打款通常要的示例，以办理单位的要求为准。',
      en: 'The plan does not say how the money is paid, nor into whose account. These items are a sample of what a payment usually needs; the office decides.',
    },
    documents: [],
  },
}
