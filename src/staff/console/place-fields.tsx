import { GIVEN_BY_ONE } from '../../../db/staff/roles.ts'
import { Choice, DistrictChoice } from '../../console/fields.tsx'
import type { FormDraft } from '../../console/form.ts'
import type { View } from '../../console/view.ts'

/** The fields that say what somebody is here: role, district, provider. */
export function PlaceFields(props: {
  view: View
  places: readonly { id: string; name: string }[]
  providers: readonly { id: string; name: string }[]
  /** What was filled in before, or what somebody is. */
  draft: FormDraft
}) {
  const { view, places, providers, draft } = props
  const { t } = view
  return (
    <>
      <Choice
        name="role"
        label={t('console.role')}
        hint={t('console.roleHint')}
        draft={draft}
        options={GIVEN_BY_ONE.map((role) => ({ value: role, label: t(`console.role-${role}`) }))}
      />
      <DistrictChoice t={t} places={places} hint={t('console.districtHint')} draft={draft} />
      <Choice
        name="providerId"
        label={t('console.providerId')}
        hint={t('console.providerIdHint')}
        draft={draft}
        options={[
          { value: '', label: t('console.providerNone') },
          ...providers.map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
        ]}
      />
    </>
  )
}
