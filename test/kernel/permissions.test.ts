import { expect, it } from 'vitest'
import { STAFF_ROLES } from '../../db/staff/roles.ts'
import { type Action, may } from '../../src/kernel/permissions.ts'

/**
 * Who may do what, written out: the table of the product is put together from groups, and an action that slips into
 * one must not pass unseen. One letter for each role, in their order: district reviewer, city reviewer, finance,
 * publicity, agent, provider (v), auditor (u), administrator (m), supervision (s).
 */
const LETTERS = 'dcfpavums'
const WHO: Readonly<Record<Action, string>> = {
  'own-account': 'dcfpavums',
  'inbox.read': 'dc..a.um.',
  'inbox.answer': 'dc..a..m.',
  'inbox.reveal': 'dc....u..',
  'cases.read': 'dcf.a.um.',
  'cases.reveal': 'dcf...u..',
  'cases.files': 'dcf...u..',
  'cases.decide': 'dcf......',
  'cases.amend': 'dc.......',
  'cases.work': 'dcf......',
  'misses.read': '.c.pa.um.',
  'answers.read': '.c.pa.um.',
  'answers.write': '.c.pa..m.',
  'answers.publish': '.c.p...m.',
  'notices.read': 'dc..a.um.',
  'notices.change': 'dc..a..m.',
  'campaigns.read': 'dc.p..um.',
  'campaigns.write': 'dc.p...m.',
  'campaigns.approve': '.c.p...m.',
  'events.read': 'dc.p..um.',
  'events.write': 'd..p.....',
  'events.plan': '...p.....',
  'offices.read': 'dc.pa.um.',
  'offices.write': 'dc.p...m.',
  'quizzes.read': '.c.p..um.',
  'quizzes.write': '...p.....',
  'dashboard.read': 'dcfp..um.',
  'ledger.read': 'dcf...u..',
  'ledger.export': 'dcf......',
  'ledger.import': 'dc.......',
  'disclosures.read': 'dcf...um.',
  'disclosures.agree': 'dcf....m.',
  'vouchers.read': 'dcf...um.',
  'vouchers.files': 'dcf...u..',
  'vouchers.review': 'dc.......',
  'vouchers.issue': '.c.......',
  'vouchers.budget': '..f......',
  'vouchers.providers': '.c.....m.',
  'vouchers.pay': '..f......',
  'vouchers.settle': 'dcf..vum.',
  'vouchers.redeem': '.....v...',
  'vouchers.claim': '.....v...',
  'funds.read': 'dcf...um.',
  'funds.move': '..f......',
  'funds.agree': '.cf......',
  'funds.account': 'dcf......',
  'audit.read': '......um.',
  'staff.read': '......um.',
  'staff.change': '.......m.',
  'api.read': '......um.',
  'api.change': '.......m.',
  'tipoffs.read': '........s',
  'tipoffs.work': '........s',
}

it.each(Object.entries(WHO))('%s is for %s alone', (action, letters) => {
  const found = STAFF_ROLES.map((role, at) =>
    may({ role }, action as Action) ? (LETTERS[at] ?? '') : '.',
  )
  expect(found.join('')).toBe(letters)
})
