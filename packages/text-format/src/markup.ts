/** A part of a document in HTML or XML, in which texts are escaped. */
export class Markup {
  /** As it stands in the document. */
  readonly text: string

  /** `text` is markup already: it is taken as it is. */
  constructor(text: string) {
    this.text = text
  }
}

/** What can be put into markup; undefined is nothing. */
export type MarkupValue = Markup | string | number | readonly Markup[] | undefined

/** Makes markup of a template, with values put in. */
export type MarkupTag = (parts: TemplateStringsArray, ...values: readonly MarkupValue[]) => Markup

/** In what a kind of document differs from others. */
export interface MarkupOptions {
  /** How numbers are written; `String` unless given. */
  readonly numberText?: (value: number) => string
  /** Line feeds in texts stay, such as in the tips of an SVG file; otherwise they are pictures like other controls. */
  readonly keepsLines?: boolean
}

/**
 * The tag of templates that are HTML or XML: texts and numbers are shown as they are, whatever stands in them, also
 * within quoted attributes; markup stays markup. The only way in which texts get into a document.
 */
export function markupTag({ numberText = String, keepsLines = false }: MarkupOptions = {}): MarkupTag {
  const controls = keepsLines ? OTHER_CONTROLS : CONTROLS
  const shown = (value: MarkupValue): string => {
    if (value === undefined) return ''
    if (value instanceof Markup) return value.text
    if (typeof value === 'string') return escaped(value, controls)
    if (typeof value === 'number') return numberText(value)
    return value.map(({ text }) => text).join('')
  }
  return (parts, ...values) => new Markup(parts.reduce((text, part, i) => text + shown(values[i - 1]) + part))
}

const REFERENCES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u001f]/g
// eslint-disable-next-line no-control-regex -- they are what is looked for
const OTHER_CONTROLS = /[\u0000-\u0009\u000b-\u001f]/g

/** Documents have no place for most control characters: they are pictures of themselves. Those of direction are left out. */
function escaped(text: string, controls: RegExp): string {
  return text
    .replace(/[&<>"']/g, (character) => REFERENCES.get(character) ?? '')
    .replace(controls, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}
