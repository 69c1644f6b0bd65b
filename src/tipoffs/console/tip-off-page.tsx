import type { TipOff } from '../../../db/tipoffs/desk.ts'
import type { TipOffTalk } from '../../../flows/programme/tip-off.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Head } from '../../console/parts.tsx'
import { LONGEST, movesFrom } from './act.ts'
import type { TipOffsView } from './view.ts'

type Failed = { problem: 'invalid' | 'conflict'; text: string; closes: boolean }

/** A tip-off as it was told, what was said since, and what can be done. */
export function TipOffPage(props: {
  view: TipOffsView
  tipOff: TipOff
  talk: TipOffTalk
  files: readonly { id: string; mime: string }[]
  formKey: string
  failed: Failed | undefined
}) {
  const { view, tipOff, talk, files, failed } = props
  const { c } = view
  const { body, state } = tipOff
  const base = `/console/tipoffs/${tipOff.id}`
  const told = [
    ['who', body.name ?? c('anonymous')],
    ['what', body.what],
    ['where', body.where],
    ['when', body.when],
  ] as const
  return (
    <Page view={view} title={c('title')}>
      <p class="crumbs">
        <a href="/console/tipoffs">{c('title')}</a>
      </p>
      <Head title={c('number', { number: body.number })} lead={c('received', { day: tipOff.day })}>
        <span class="chip">{c(`state-${state}`)}</span>
      </Head>
      {failed !== undefined && <Alert tone="problem">{c(failed.problem)}</Alert>}
      <section class="sheet">
        <dl>
          {told
            .filter(([, text]) => text !== '')
            .flatMap(([key, text]) => [<dt>{c(key)}</dt>, <dd>{text}</dd>])}
        </dl>
        <p class="hint">{c('leads')}</p>
        {files.length > 0 && (
          <>
            <h2>{c('files')}</h2>
            <p class="hint">{c('filesHint')}</p>
            <ul class="notes">
              {files.map(({ id }, index) => (
                <li>
                  <a href={`${base}/files/${id}`}>{c('file', { count: index + 1 })}</a>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      {talk.messages.length > 0 && (
        <section class="sheet">
          <h2>{c('talk')}</h2>
          {talk.messages.map(({ side, text, day }) => (
            <article class={`line ${side === 'person' ? 'person' : 'us'}`}>
              <p class="by">{c(`said-${side}`, { day })}</p>
              <div class="said">{text}</div>
            </article>
          ))}
        </section>
      )}
      {movesFrom(state).map((to) => (
        <form method="post" action={`${base}/move`}>
          <input type="hidden" name="state" value={to} />
          <button class="button plain" type="submit">
            {c(`move-${to}`)}
          </button>
        </form>
      ))}
      <Writing {...props} closes={false} />
      {state !== 'closed' && <Writing {...props} closes />}
    </Page>
  )
}

/** Words that the person reads: an answer, or how it was closed. */
function Writing({
  view: { c },
  tipOff,
  formKey,
  failed,
  closes,
}: Parameters<typeof TipOffPage>[0] & { closes: boolean }) {
  const name = closes ? 'closing' : 'answering'
  return (
    <section class="sheet">
      <form method="post" action={`/console/tipoffs/${tipOff.id}/${closes ? 'close' : 'answer'}`}>
        <input type="hidden" name="key" value={`${formKey}-${name}`} />
        <p class="field">
          <label for={name}>{c(closes ? 'closeReason' : 'answer')}</label>
          <small id={`${name}-hint`} class="hint">
            {c(closes ? 'closeReasonHint' : 'answerHint')}
          </small>
          <textarea
            id={name}
            name="text"
            rows={3}
            maxlength={LONGEST}
            aria-describedby={`${name}-hint`}
            required
          >
            {failed?.closes === closes ? failed.text : ''}
          </textarea>
        </p>
        <button class={closes ? 'button plain' : 'button'} type="submit">
          {c(closes ? 'close' : 'answerSend')}
        </button>
      </form>
    </section>
  )
}
