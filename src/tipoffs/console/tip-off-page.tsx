import type { TipOff } from '../../../db/tipoffs/desk.ts'
import type { TipOffTalk } from '../../../flows/programme/tip-off.ts'
import { TextArea } from '../../console/fields.tsx'
import { draftOf, type FormDraft } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb, PageHeader } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import type { View } from '../../console/view.ts'
import { LONGEST, movesFrom } from './act.ts'

/** What was written and not taken; `isLate`: somebody else was faster. */
export type RefusedWords = { draft: FormDraft; isLate: boolean; closes: boolean }

/** A tip-off as it was told, what was said since, and what can be done. */
export function TipOffPage(props: {
  view: View
  tipOff: TipOff
  talk: TipOffTalk
  files: readonly { id: string; mime: string }[]
  formKey: string
  failed: RefusedWords | undefined
}) {
  const { view, tipOff, talk, files, failed } = props
  const { t } = view
  const { body, state } = tipOff
  const base = `/console/tipoffs/${tipOff.id}`
  const told = [
    ['who', body.name ?? t('tipoffs-console.anonymous')],
    ['what', body.what],
    ['where', body.where],
    ['when', body.when],
  ] as const
  return (
    <Page view={view} title={t('tipoffs-console.title')}>
      <Crumb href="/console/tipoffs">{t('tipoffs-console.title')}</Crumb>
      <PageHeader
        title={t('tipoffs-console.number', { number: body.number })}
        lead={t('tipoffs-console.received', { day: tipOff.day })}
      >
        <span class="chip">{t(`tipoffs-console.state-${state}`)}</span>
      </PageHeader>
      {failed?.isLate === true && <Alert tone="problem">{t('tipoffs-console.conflict')}</Alert>}
      <section class="sheet">
        <dl>
          {told
            .filter(([, text]) => text !== '')
            .flatMap(([key, text]) => [<dt>{t(`tipoffs-console.${key}`)}</dt>, <dd>{text}</dd>])}
        </dl>
        <p class="hint">{t('tipoffs-console.leads')}</p>
        {files.length > 0 && (
          <>
            <h2>{t('tipoffs-console.files')}</h2>
            <p class="hint">{t('tipoffs-console.filesHint')}</p>
            <ul class="notes">
              {files.map(({ id }, index) => (
                <li>
                  <a href={`${base}/files/${id}`}>
                    {t('tipoffs-console.file', { count: index + 1 })}
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      {talk.messages.length > 0 && (
        <section class="sheet">
          <h2>{t('tipoffs-console.talk')}</h2>
          {talk.messages.map(({ side, text, day }) => (
            <article class={`line ${side === 'person' ? 'person' : 'us'}`}>
              <p class="by">{t(`tipoffs-console.said-${side}`, { day })}</p>
              <div class="said">{text}</div>
            </article>
          ))}
        </section>
      )}
      {movesFrom(state).map((to) => (
        <PostButton
          action={`${base}/move`}
          fields={{ state: to }}
          confirm={t('tipoffs-console.moveWhat', { state: t(`tipoffs-console.state-${to}`) })}
        >
          {t(`tipoffs-console.move-${to}`)}
        </PostButton>
      ))}
      <Writing {...props} closes={false} />
      {state !== 'closed' && <Writing {...props} closes />}
    </Page>
  )
}

/** Words that the person reads: an answer, or how it was closed. */
function Writing({
  view: { t },
  tipOff,
  formKey,
  failed,
  closes,
}: Parameters<typeof TipOffPage>[0] & { closes: boolean }) {
  const name = closes ? 'closing' : 'answering'
  return (
    <section class="sheet">
      <PostForm
        action={`/console/tipoffs/${tipOff.id}/${closes ? 'close' : 'answer'}`}
        fields={{ key: `${formKey}-${name}` }}
        submit={t(closes ? 'tipoffs-console.close' : 'tipoffs-console.answerSend')}
        confirm={closes ? t('tipoffs-console.closeWhat') : undefined}
        plain={closes}
      >
        <TextArea
          id={name}
          name="text"
          label={t(closes ? 'tipoffs-console.closeReason' : 'tipoffs-console.answer')}
          hint={t(closes ? 'tipoffs-console.closeReasonHint' : 'tipoffs-console.answerHint')}
          draft={failed?.closes === closes ? failed.draft : draftOf({})}
          maxlength={LONGEST}
        />
      </PostForm>
    </section>
  )
}
