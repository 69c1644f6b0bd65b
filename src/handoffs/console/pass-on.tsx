import type { Handoff } from '../../../db/handoffs/inbox.ts'
import { Choice } from '../../console/fields.tsx'
import type { FormDraft } from '../../console/form.ts'
import { PostForm } from '../../console/post-form.tsx'
import type { View } from '../../console/view.ts'

/** Who goes on with a conversation in one's place; nothing where there is nobody else, and nothing is wrong. */
export function PassOn({
  view: { t },
  handoff,
  colleagues,
  draft,
}: {
  view: View
  handoff: Handoff
  colleagues: readonly { id: string; name: string }[]
  draft: FormDraft
}) {
  if (colleagues.length === 0 && draft.problems.to === undefined) return null
  return (
    <PostForm
      action={`/console/inbox/${handoff.id}/pass`}
      submit={t('handoffs-console.pass')}
      plain
    >
      <Choice
        name="to"
        label={t('handoffs-console.passWhat')}
        draft={draft}
        options={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </PostForm>
  )
}
