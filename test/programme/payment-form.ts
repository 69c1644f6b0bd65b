import { Form } from '../../flows/programme/form/form.ts'

const words = (zh: string, en: string) => ({ 'zh-Hans': zh, en })
const field = { text: words('问题', 'question'), explain: words('说明', 'reason') }

/** A small form of another city: it asks for an account and has limits of its own. */
export const paymentForm = Form.parse({
  fields: [
    {
      ...field,
      id: 'account',
      kind: 'bank-card',
      label: words('银行卡号', 'Card number'),
      personal: true,
      sensitive: true,
    },
    {
      ...field,
      id: 'bank',
      kind: 'text',
      label: words('开户行', 'Bank'),
      optional: true,
      limits: { min: 3, max: 10 },
    },
    {
      ...field,
      id: 'amount',
      kind: 'money',
      label: words('金额', 'Amount'),
      limits: { min: 100_000, max: 50_000_000 },
    },
    { ...field, id: 'rural', kind: 'yes-no', label: words('农村', 'Rural'), optional: true },
    {
      ...field,
      id: 'size',
      kind: 'one-of',
      label: words('规模', 'Size'),
      options: [
        { id: 'small', name: words('小店铺', 'Small shop') },
        { id: 'large', name: words('大店铺', 'Large shop') },
      ],
    },
    {
      ...field,
      id: 'seasons',
      kind: 'some-of',
      label: words('季节', 'Seasons'),
      options: [
        { id: 'spring', name: words('春天', 'Spring') },
        { id: 'autumn', name: words('秋天', 'Autumn') },
      ],
    },
  ],
  documents: { note: words('以当地为准', 'The office decides'), documents: [] },
})
