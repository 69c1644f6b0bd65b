import { listCasesOf } from '../../../db/cases/cases.ts'
import {
  type ConsentRequest,
  listOpenAsks,
  loadAsk,
} from '../../../db/vouchers/consent-requests.ts'
import { loadVoucherEvents } from '../../../db/vouchers/events.ts'
import { amountsOf } from '../../../db/vouchers/ledger.ts'
import { listProviders, loadProvider } from '../../../db/vouchers/providers.ts'
import { listVouchersOf, loadVoucher, type VoucherHead } from '../../../db/vouchers/vouchers.ts'
import { formatMoney } from '../../../flows/programme/money/format-money.ts'
import type {
  AskView,
  VoucherIntent,
  VoucherQuestion,
  VoucherReply,
} from '../../../flows/vouchers/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'
import { dayOf, kindOf, worldWith } from '../context.ts'
import { lapsesOf } from '../contract.ts'
import { planDecision } from '../decide.ts'
import { makePin } from '../pin.ts'
import { problemWords, refuse, type VoucherRefusal } from '../problem.ts'
import { applyForVoucher, kindsOpen, moveOwn } from './voucher-apply.ts'
import type { VoucherScene } from './voucher-scene.ts'
import { viewVoucher } from './voucher-view.ts'

/** Answers the flow about a person's e-vouchers. */
export async function answerVoucher(
  deps: Deps,
  { pack }: Policy,
  requester: Requester,
  asked: VoucherQuestion,
  locale: Locale,
): Promise<VoucherReply> {
  const world = worldWith(deps, pack)
  if (world === null) return { kind: 'no-programme' }
  const scene: VoucherScene = { world, requester, locale }
  const notice = world.pack.vouchers.notice[locale]
  switch (asked.kind) {
    case 'home':
      return home(scene, notice)
    case 'one': {
      const head = await ownVoucher(scene, asked.number)
      if (head === null) return { kind: 'not-theirs' }
      // Somebody waits at a counter: that comes first.
      const [first] = await listOpenAsks(world.db, world.vault, requester.contactId, requester.at)
      if (first !== undefined) return { kind: 'ask', notice, ask: await viewAsk(scene, first) }
      const all = await ownVouchers(scene)
      return { kind: 'one', notice, view: await viewVoucher(scene, head), several: all.length > 1 }
    }
    case 'ask': {
      const found = await ownAsk(scene, asked.id)
      return found === null
        ? refusedReply(scene, refuse({ kind: 'ask-closed' }))
        : { kind: 'ask', notice, ask: await viewAsk(scene, found) }
    }
    case 'pin': {
      const head = await ownVoucher(scene, asked.number)
      const made =
        head === null
          ? null
          : await makePin(world, { voucherId: head.id, contactId: requester.contactId })
      return made === null ? { kind: 'no-pin' } : { kind: 'pin', ...made }
    }
    case 'providers': {
      const head = await ownVoucher(scene, asked.number)
      if (head === null) return { kind: 'not-theirs' }
      const listed = await listProviders(world.db, world.pack.programme.id, head.kind)
      return { kind: 'providers', names: listed.map(({ name }) => name) }
    }
    case 'history':
      return history(scene, asked.number)
    case 'kinds': {
      const open = await kindsOpen(scene)
      return open.ok ? { kind: 'kinds', notice, kinds: open.kinds } : refusedReply(scene, open)
    }
  }
}

/** Plans what holders do, upon the voucher as it is. Where another turn was first, this one is stepped again. */
export async function planHolder(
  deps: Deps,
  { pack }: Policy,
  requester: Requester,
  intent: VoucherIntent,
  locale: Locale,
): Promise<Planned<VoucherReply>> {
  const world = worldWith(deps, pack)
  if (world === null) return { reply: { kind: 'no-programme' } }
  const scene: VoucherScene = { world, requester, locale }
  switch (intent.kind) {
    case 'voucher.decide':
      return decide(scene, intent)
    case 'voucher.apply': {
      const applied = await applyForVoucher(scene, intent.id)
      if (!applied.ok) return { reply: refusedReply(scene, applied) }
      const notice = world.pack.vouchers.notice[locale]
      return {
        reply: { kind: 'applied', notice, number: applied.number },
        saves: [() => applied.statements],
      }
    }
    case 'voucher.move': {
      const { number, move } = intent
      const head = await ownVoucher(scene, number)
      if (head === null) return { reply: { kind: 'not-theirs' } }
      const moved = await moveOwn(scene, head, move)
      return moved.ok
        ? { reply: { kind: 'moved', number, move }, saves: [() => moved.statements] }
        : { reply: refusedReply(scene, moved) }
    }
  }
}

async function home(scene: VoucherScene, notice: string): Promise<VoucherReply> {
  const { world, requester, locale } = scene
  const { db, vault, pack } = world
  const [first] = await listOpenAsks(db, vault, requester.contactId, requester.at)
  const vouchers = await ownVouchers(scene)
  const cases = await listCasesOf(db, requester.contactId)
  const { states } = pack.vouchers.life
  return {
    kind: 'home',
    notice,
    ask: first === undefined ? null : await viewAsk(scene, first),
    vouchers: vouchers.map(({ number, kind, state }) => ({
      number,
      kind: kindOf(world, kind)?.name[locale] ?? kind,
      state: states.find(({ id }) => id === state)?.label[locale] ?? state,
    })),
    canApply: cases.some(({ stage }) => pack.vouchers.requires.stages.includes(stage)),
  }
}

async function decide(
  scene: VoucherScene,
  { id, yes }: { id: string; yes: boolean },
): Promise<Planned<VoucherReply>> {
  const { world, requester } = scene
  const { contactId, at } = requester
  const decision = await planDecision(world, { askId: id, contactId, yes }, at)
  if (!decision.ok) return { reply: refusedReply(scene, decision) }
  const { ask, statements } = decision
  return {
    reply: { kind: 'decided', yes, ask: await viewAsk(scene, ask) },
    saves: [() => statements],
  }
}

async function history(scene: VoucherScene, number: string): Promise<VoucherReply> {
  const { world, locale } = scene
  const { db, vault, pack } = world
  const head = await ownVoucher(scene, number)
  if (head === null) return { kind: 'not-theirs' }
  const events = await loadVoucherEvents(db, vault, head.id)
  return {
    kind: 'history',
    number,
    events: events.map(({ move, at }) => ({
      day: dayOf(at),
      move: pack.vouchers.life.moves.find(({ id }) => id === move)?.label[locale] ?? move,
    })),
  }
}

/** Vouchers that count, the newest first: what was refused or withdrawn long ago only fills the list. */
async function ownVouchers({ world, requester }: VoucherScene): Promise<VoucherHead[]> {
  const all = await listVouchersOf(world.db, world.pack.programme.id, requester.contactId)
  return all.filter(({ state }) => !['withdrawn', 'given-back'].includes(state)).slice(0, 9)
}

async function ownVoucher(
  { world, requester }: VoucherScene,
  number: string,
): Promise<VoucherHead | null> {
  const head = await loadVoucher(world.db, { number })
  return head?.contactId === requester.contactId ? head : null
}

async function ownAsk(
  { world, requester }: VoucherScene,
  id: string,
): Promise<ConsentRequest | null> {
  const ask = await loadAsk(world.db, world.vault, { id })
  if (ask === null || ask.status !== 'asked' || ask.expiresAt <= requester.at) return null
  const head = await loadVoucher(world.db, { id: ask.voucherId })
  return head?.contactId === requester.contactId ? ask : null
}

async function viewAsk({ world, locale }: VoucherScene, ask: ConsentRequest): Promise<AskView> {
  const head = await loadVoucher(world.db, { id: ask.voucherId })
  const provider = await loadProvider(world.db, ask.providerId)
  const lapses = lapsesOf(ask, await amountsOf(world.db, ask.voucherId))
  return {
    id: ask.id,
    what: ask.what,
    title: ask.title ?? '',
    number: head?.number ?? '',
    provider: provider?.name ?? '',
    amount: formatMoney(ask.amountFen, locale),
    total: formatMoney(ask.totalFen ?? 0, locale),
    lapses: lapses === 0 ? null : formatMoney(lapses, locale),
  }
}

function refusedReply({ world, locale }: VoucherScene, { problem }: VoucherRefusal): VoucherReply {
  const { key, params } = problemWords(problem)
  return { kind: 'refused', problem: world.translate(locale, key, params) }
}
