/** A group of boxes to tick. */
export function Ticks(props: {
  legend: string
  hint?: string
  name: string
  options: readonly { id: string; name: string }[]
  chosen: readonly string[]
}) {
  const { legend, hint, name, options, chosen } = props
  return (
    <fieldset>
      <legend>{legend}</legend>
      {hint !== undefined && <p class="hint">{hint}</p>}
      <div class="ticks">
        {options.map((option) => (
          <label class="check">
            <input
              type="checkbox"
              name={name}
              value={option.id}
              checked={chosen.includes(option.id)}
            />
            <span>{option.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
