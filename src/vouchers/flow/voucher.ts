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
import { type AskView, VoucherQuestion, type VoucherReply } from '../../../flows/vouchers/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Requester } from '../../kernel/requester.ts'
import { dayOf, kindOf, worldWith } from '../context.ts'
import { lapsesOf } from '../contract.ts'
import { planDecision } from '../decide.ts'
import { makePin } from '../pin.ts'
import { problemWords, refuse, type VoucherRefusal } from '../problem.ts'
import { applyForVoucher, kindsOpen, moveOwn } from './voucher-apply.ts'
import type { VoucherScene } from './voucher-scene.ts'
import { viewVoucher } from './voucher-view.ts'

/** Answers the flow about a person's e-vouchers. Throws for a foreign `ask`. */
export async function answerVoucher(
  deps: Deps,
  { pack }: Policy,
  asker: Requester,
  ask: unknown,
  locale: Locale,
): Promise<VoucherReply> {
  const asked = VoucherQuestion.parse(ask)
  const world = worldWith(deps, pack)
  if (world === null) return { kind: 'no-programme' }
  const scene: VoucherScene = { world, asker, locale }
  const notice = world.pack.vouchers.notice[locale]
  switch (asked.kind) {
    case 'home':
      return home(scene, notice)
    case 'one': {
      const head = await ownVoucher(scene, asked.number)
      if (head === null) return { kind: 'not-theirs' }
      // Somebody waits at a counter: that comes first.
      const [first] = await listOpenAsks(world.db, world.vault, asker.contactId, asker.at)
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
    case 'decide':
      return decide(scene, asked)
    case 'pin': {
      const head = await ownVoucher(scene, asked.number)
      const made =
        head === null
          ? null
          : await makePin(world, { voucherId: head.id, contactId: asker.contactId })
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
    case 'apply': {
      const applied = await applyForVoucher(scene, asked.id)
      return applied.ok
        ? { kind: 'applied', notice, number: applied.number, statements: applied.statements }
        : refusedReply(scene, applied)
    }
    case 'move': {
      const { number, move } = asked
      const head = await ownVoucher(scene, number)
      if (head === null) return { kind: 'not-theirs' }
      const moved = await moveOwn(scene, head, move)
      return moved.ok
        ? { kind: 'moved', number, move, statements: moved.statements }
        : refusedReply(scene, moved)
    }
  }
}

async function home(scene: VoucherScene, notice: string): Promise<VoucherReply> {
  const { world, asker, locale } = scene
  const { db, vault, pack } = world
  const [first] = await listOpenAsks(db, vault, asker.contactId, asker.at)
  const vouchers = await ownVouchers(scene)
  const cases = await listCasesOf(db, asker.contactId)
  const { states } = pack.vouchers.life
  return {
    ...{ kind: 'home', notice },
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
): Promise<VoucherReply> {
  const { world, asker } = scene
  const { contactId, at } = asker
  const decision = await planDecision(world, { askId: id, contactId, yes }, at)
  if (!decision.ok) return refusedReply(scene, decision)
  const { ask, statements } = decision
  return { kind: 'decided', yes, ask: await viewAsk(scene, ask), statements }
}

async function history(scene: VoucherScene, number: string): Promise<VoucherReply> {
  const { world, locale } = scene
  const { db, vault, pack } = world
  const head = await ownVoucher(scene, number)
  if (head === null) return { kind: 'not-theirs' }
  const events = await loadVoucherEvents(db, vault, head.id)
  return {
    ...{ kind: 'history', number },
    events: events.map(({ move, at }) => ({
      day: dayOf(at),
      move: pack.vouchers.life.moves.find(({ id }) => id === move)?.label[locale] ?? move,
    })),
  }
}

/** Vouchers that count, the newest first: what was refused or withdrawn long ago only fills the list. */
async function ownVouchers({ world, asker }: VoucherScene): Promise<VoucherHead[]> {
  const all = await listVouchersOf(world.db, world.pack.programme.id, asker.contactId)
  return all.filter(({ state }) => !['withdrawn', 'given-back'].includes(state)).slice(0, 9)
}

async function ownVoucher(
  { world, asker }: VoucherScene,
  number: string,
): Promise<VoucherHead | null> {
  const head = await loadVoucher(world.db, { number })
  return head?.contactId === asker.contactId ? head : null
}

async function ownAsk({ world, asker }: VoucherScene, id: string): Promise<ConsentRequest | null> {
  const ask = await loadAsk(world.db, world.vault, { id })
  if (ask === null || ask.status !== 'asked' || ask.expiresAt <= asker.at) return null
  const head = await loadVoucher(world.db, { id: ask.voucherId })
  return head?.contactId === asker.contactId ? ask : null
}

async function viewAsk({ world, locale }: VoucherScene, ask: ConsentRequest): Promise<AskView> {
  const head = await loadVoucher(world.db, { id: ask.voucherId })
  const provider = await loadProvider(world.db, ask.providerId)
  const lapses = lapsesOf(ask, await amountsOf(world.db, ask.voucherId))
  return {
    ...{ id: ask.id, what: ask.what, title: ask.title ?? '', number: head?.number ?? '' },
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
