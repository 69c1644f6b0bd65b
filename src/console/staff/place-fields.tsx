import type { StaffPlace } from '../../../db/staff-members.ts'
import { STAFF_ROLES } from '../../../db/staff-roles.ts'
import { Choice, Field } from '../parts.tsx'
import type { View } from '../view.ts'

/** The fields that say what somebody is here: role, district, provider number. */
export function PlaceFields(props: {
  view: View
  places: readonly { id: string; name: string }[]
  place?: StaffPlace
}) {
  const { view, places, place } = props
  const { t } = view
  return (
    <>
      <Choice
        name="role"
        label={t('role')}
        hint={t('roleHint')}
        value={place?.role ?? 'district-reviewer'}
        options={STAFF_ROLES.map((role) => ({ value: role, label: t(`role-${role}`) }))}
      />
      <Choice
        name="district"
        label={t('district')}
        hint={t('districtHint')}
        value={place?.district ?? ''}
        options={[
          { value: '', label: t('wholeCity') },
          ...places.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Field
        name="providerId"
        label={t('providerId')}
        hint={t('providerIdHint')}
        value={place?.providerId ?? ''}
        required={false}
        maxlength={40}
      />
    </>
  )
}
