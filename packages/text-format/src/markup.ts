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
  /**
   * What becomes of control characters in texts: they are `shown` as pictures of themselves, and those of direction left
   * out, unless given; all the same with line feeds that stay, as in the tips of an SVG file (`but-lines`); or they are
   * `kept`, where the page gives the texts back.
   */
  readonly controls?: 'shown' | 'but-lines' | 'kept'
}

/**
 * The tag of templates that are HTML or XML: texts and numbers are shown as they are, whatever stands in them, also
 * within quoted attributes; markup stays markup. The only way in which texts get into a document.
 */
export function markupTag({ numberText = String, controls = 'shown' }: MarkupOptions = {}): MarkupTag {
  const visible = controls === 'kept' ? String : (text: string) => withoutControls(text, CONTROLS[controls])
  const shown = (value: MarkupValue): string => {
    if (value === undefined) return ''
    if (value instanceof Markup) return value.text
    if (typeof value === 'string') return escaped(visible(value))
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

const CONTROLS = {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  shown: /[\u0000-\u001f]/g,
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  'but-lines': /[\u0000-\u0009\u000b-\u001f]/g,
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => REFERENCES.get(character) ?? '')
}

/** Documents have no place for most control characters, for halves of characters and for what is none. */
function withoutControls(text: string, controls: RegExp): string {
  return text
    .replace(controls, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}
