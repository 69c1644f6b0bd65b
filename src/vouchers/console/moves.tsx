import type { VoucherMove } from '../../../flows/programme/lifecycle/voucher-life.ts'
import { draftOf, type FormDraft } from '../../console/form.ts'
import { Sheet } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import { showTime } from '../../console/view.ts'
import type { VoucherFile } from '../find.ts'
import { REVIEW_MOVES } from '../review.ts'
import type { Told } from './read-form.ts'
import { Reasons } from './reasons.tsx'
import type { VouchersView } from './view.ts'

/** A move that was not made, as it was filled in; `of`: which of the page's forms. */
export type VoucherMoveTold = Told & { of: string }

/** The moves that this person may make now, each with all that it asks for. */
export function Moves(props: {
  view: VouchersView
  file: VoucherFile
  told: VoucherMoveTold | null
}) {
  const { view, file, told } = props
  const { t, moveName } = view
  if (!view.may('vouchers.review') && !view.may('vouchers.pay')) return null
  const known = REVIEW_MOVES as readonly string[]
  const moves = file.moves.filter(({ id }) => known.includes(id))
  const find = (id: string) => file.moves.find((move) => move.id === id)
  const [unlock, reverse, pay] = [find('unlock'), find('reverse'), find('pay')]
  const reversible = reverse === undefined ? [] : openRedemptions(view, file)
  const base = `/console/vouchers/${file.head.number}`
  const kept = (of: string) => (told?.of === of ? told.draft : null)
  return (
    <Sheet title={t('vouchers-console.moves')} id="moves">
      {moves.length === 0 &&
        unlock === undefined &&
        pay === undefined &&
        reversible.length === 0 && <p class="hint">{t('vouchers-console.movesNone')}</p>}
      {pay !== undefined && (
        <PostButton
          action="/console/vouchers/pay"
          fields={{ key: view.newKey(), number: file.head.number }}
          confirm={t('vouchers-console.payWhat', { amount: view.money(file.amounts.claimed) })}
          main
        >
          {moveName(pay.id)}
        </PostButton>
      )}
      {moves.map((move) => (
        <MoveForm
          view={view}
          move={move}
          of={move.id}
          action={`${base}/move`}
          hidden={{ move: move.id, version: String(file.head.version) }}
          kept={kept(move.id)}
        />
      ))}
      {unlock !== undefined && file.amounts.redeemed === 0 && (
        <MoveForm
          view={view}
          move={unlock}
          of="unlock"
          action={`${base}/unlock`}
          hidden={{}}
          kept={kept('unlock')}
        />
      )}
      {reverse !== undefined &&
        reversible.map((one) => (
          <MoveForm
            view={view}
            move={reverse}
            of={one.id}
            detail={`${view.money(one.amountFen)} · ${showTime(view, one.redeemedAt)}`}
            action={`${base}/reverse`}
            hidden={{ redemption: one.id }}
            kept={kept(one.id)}
          />
        ))}
    </Sheet>
  )
}

/** The redemptions that can still be taken back. */
export function openRedemptions(view: VouchersView, file: VoucherFile) {
  const hours = view.world.pack.vouchers.reverseHours
  return file.redemptions.filter(
    ({ reversedAt, redeemedAt }) =>
      reversedAt === null && Date.parse(view.now) <= Date.parse(redeemedAt) + hours * 3_600_000,
  )
}

/** One move, folded until it is wanted. */
export function MoveForm(props: {
  view: VouchersView
  move: VoucherMove
  of: string
  detail?: string
  action: string
  hidden: Readonly<Record<string, string>>
  kept: FormDraft | null
}) {
  const { view, move, of, detail, action, hidden, kept } = props
  const label = view.moveName(move.id)
  return (
    <details class="move" open={kept !== null}>
      <summary>
        <b>{label}</b>
        <small>
          {detail ?? view.t('vouchers-console.leadsTo', { state: view.stateName(move.to) })}
        </small>
      </summary>
      <PostForm
        action={action}
        fields={{ key: view.newKey(), ...hidden }}
        submit={label}
        confirm={view.t(
          move.notice === null ? 'vouchers-console.moveQuiet' : 'vouchers-console.moveTells',
          { state: view.stateName(move.to) },
        )}
      >
        <Reasons view={view} move={move} of={of} draft={kept ?? draftOf({})} />
      </PostForm>
    </details>
  )
}
