/**
 * Arguments as they can stand in a file of one event a line. Text that is no JSON would make the
 * whole file unreadable, and importers want an object: anything else is wrapped in one.
 */
export function safeArgs(text: string): string {
  const value = parse(text)
  if (value === undefined) return JSON.stringify({ text })
  const line = oneLine(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? line : `{"value":${line}}`
}

/** The same JSON on one line: a line break stands between tokens, where a space means the same. */
export function oneLine(json: string): string {
  return json.replace(LINE_BREAKS, ' ')
}

const LINE_BREAKS = /[\r\n]+/g

/** Arguments of a begin and an end event as those of one slice; the end's win. */
export function mergeArgs(begin: string | undefined, end: string | undefined): string | undefined {
  if (begin === undefined || end === undefined) return begin ?? end
  const [first, second] = [parse(begin), parse(end)]
  if (typeof first !== 'object' || typeof second !== 'object') return begin
  try {
    return JSON.stringify({ ...first, ...second })
  } catch {
    // Nested so deeply that it can be read but not written.
    return begin
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
