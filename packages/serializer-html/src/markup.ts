/** A part of the page, in which what came from a trace is escaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Value = Markup | string | number | readonly Markup[] | undefined

/**
 * Markup with values put in: a text or number is shown as it is, whatever stands in it, also within
 * quoted attributes; markup stays markup. The only way in which texts get into a page.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(parts.reduce((text, part, i) => text + shown(values[i - 1]) + part))
}

function shown(value: Value): string {
  if (value === undefined) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return value.map(({ text }) => text).join('')
}

const REFERENCES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

/** Control characters are pictures of themselves: HTML has no place for most. Those of direction are left out. */
function escaped(text: string): string {
  return (
    text
      .replace(/[&<>"']/g, (character) => REFERENCES.get(character) ?? '')
      // eslint-disable-next-line no-control-regex -- they are what is looked for
      .replace(/[\u0000-\u001f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
      .replace(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
  )
}
