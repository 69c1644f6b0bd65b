import type { StaffPlace } from '../../../db/staff/members.ts'
import { GIVEN_BY_ONE } from '../../../db/staff/roles.ts'
import { Choice } from '../../console/parts.tsx'
import type { View } from '../../console/view.ts'

/** The fields that say what somebody is here: role, district, provider. */
export function PlaceFields(props: {
  view: View
  places: readonly { id: string; name: string }[]
  providers: readonly { id: string; name: string }[]
  place?: StaffPlace
}) {
  const { view, places, providers, place } = props
  const { t } = view
  return (
    <>
      <Choice
        name="role"
        label={t('console.role')}
        hint={t('console.roleHint')}
        value={place?.role ?? 'district-reviewer'}
        options={GIVEN_BY_ONE.map((role) => ({ value: role, label: t(`console.role-${role}`) }))}
      />
      <Choice
        name="district"
        label={t('console.district')}
        hint={t('console.districtHint')}
        value={place?.district ?? ''}
        options={[
          { value: '', label: t('console.wholeCity') },
          ...places.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Choice
        name="providerId"
        label={t('console.providerId')}
        hint={t('console.providerIdHint')}
        value={place?.providerId ?? ''}
        options={[
          { value: '', label: t('console.providerNone') },
          ...providers.map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
        ]}
      />
    </>
  )
}
