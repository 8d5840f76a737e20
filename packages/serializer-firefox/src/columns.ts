/** Makes the values of a column, as JSON texts, each time it is asked. */
type Column = () => Iterable<string>

/** A table as the profiler has it: an object of columns of equal length, and their length. */
export function* columnsText(
  columns: Readonly<Record<string, Column>>,
  facts: Readonly<Record<string, string>> = {},
): Generator<string, void, undefined> {
  let length = 0
  yield '{'
  for (const [name, column] of Object.entries(columns)) {
    yield `"${name}":[`
    length = 0
    for (const value of column()) {
      yield length === 0 ? value : `,${value}`
      length++
    }
    yield '],\n'
  }
  for (const [name, value] of Object.entries(facts)) yield `"${name}":${JSON.stringify(value)},`
  yield `"length":${length}}`
}

/** Whole nanoseconds in milliseconds, exactly. */
export function milliseconds(ns: number): string {
  const size = Math.abs(ns)
  const whole = Math.floor(size / 1e6)
  const rest = size - whole * 1e6
  const decimals = rest === 0 ? '' : `.${String(rest).padStart(6, '0').replace(/0+$/, '')}`
  return `${ns < 0 ? '-' : ''}${whole}${decimals}`
}
