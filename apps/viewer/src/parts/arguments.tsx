import { Fact } from './fact.js'
import { shown } from './text.js'

const MOST_LETTERS = 2000
/** Where a recorder puts what a call returned, among its arguments. */
const RETURNED = ['return', 'returned', 'return_value']
/** Where VizTracer puts what a call was given. */
const NESTED = 'func_args'

/** Arguments and return value of a call, from the JSON text of an object. */
export function Arguments({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return null
  const entries = entriesOf(text)
  const given = entries.filter(([name]) => !RETURNED.includes(name))
  const returned = entries.filter(([name]) => RETURNED.includes(name))
  return (
    <>
      {given.length > 0 && <h3>Arguments</h3>}
      <Values entries={given} />
      {returned.length > 0 && <h3>Return value</h3>}
      <Values entries={returned} />
    </>
  )
}

function Values({ entries }: { readonly entries: readonly (readonly [string, string])[] }) {
  return (
    <dl class="facts code">
      {entries.map(([name, value]) => (
        <Fact key={name} name={shown(name, 100)} value={<bdi>{shown(value, MOST_LETTERS)}</bdi>} />
      ))}
    </dl>
  )
}

/** The names and values of an object; what is none is shown as it is. */
export function entriesOf(text: string): readonly (readonly [string, string])[] {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return [['value', text]]
    return Object.entries(value).flatMap(([name, part]: [string, unknown]) =>
      name === NESTED && typeof part === 'object' && part !== null
        ? Object.entries(part).map(([inner, given]: [string, unknown]) => [inner, written(given)] as const)
        : [[name, written(part)] as const],
    )
  } catch {
    return [['text', text]]
  }
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
