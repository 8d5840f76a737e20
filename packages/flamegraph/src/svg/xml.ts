/** A part of a document, in which what came from a trace is escaped. */
export class Xml {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Value = Xml | string | number | readonly Xml[] | undefined

/**
 * XML with values put in: texts and numbers are shown as they are, whatever stands in them, also within
 * quoted attributes; XML stays XML. The only way in which texts get into a document.
 */
export function xml(parts: TemplateStringsArray, ...values: readonly Value[]): Xml {
  return new Xml(parts.reduce((text, part, i) => text + shown(values[i - 1]) + part))
}

function shown(value: Value): string {
  if (value === undefined) return ''
  if (value instanceof Xml) return value.text
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(Math.round(value * 100) / 100)
  return value.map(({ text }) => text).join('')
}

const REFERENCES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

/** XML has no place for most control characters: they are pictures of themselves. Those of direction are left out. */
function escaped(text: string): string {
  return (
    text
      .replace(/[&<>"']/g, (character) => REFERENCES.get(character) ?? '')
      // eslint-disable-next-line no-control-regex -- they are what is looked for
      .replace(/[\u0000-\u0009\u000b-\u001f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
      .replace(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
      .replace(/[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
  )
}
