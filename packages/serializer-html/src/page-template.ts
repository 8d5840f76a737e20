import { TracerError, type Trace } from '@tracer/core'
import { BLOCK_START } from './data-writer.js'
import { markup } from './markup.js'
import { PAGE_MARK } from './page-mark.js'
import { titleOf } from './title.js'

/** Where the trace goes in a page that was made elsewhere. */
const DATA_PLACE = '<!--tracer:data-->'

/** How far into a file its format is looked for, and a little to spare for what other programs put before it. */
const MARK_WITHIN = 2048

/** A page that was made elsewhere, with a place for the trace. */
export class PageTemplate {
  /** What follows the trace. */
  readonly end: string
  readonly #start: string

  /** @throws TracerError `INVALID_OPTION` for a page that could not be read back. */
  constructor(page: unknown) {
    if (typeof page !== 'string') throw unusable(`is ${String(page)}. Give the text of a page`)
    const [start, end, ...more] = page.split(DATA_PLACE)
    if (end === undefined || more.length > 0) throw unusable(`needs ${DATA_PLACE} once, where the trace goes`)
    const mark = start.indexOf(PAGE_MARK)
    if (mark === -1 || mark > MARK_WITHIN) throw unusable(`needs ${PAGE_MARK} near its beginning`)
    if (page.includes(BLOCK_START)) throw unusable('holds a trace already, or text that reads like the start of one')
    this.#start = start
    this.end = end
  }

  /** The page up to the trace, with its title and, for the page to say while it loads, how much there is. */
  startFor(trace: Trace, title = titleOf(trace)): string {
    const { text } = markup`<title>${title} – Tracer</title>
<meta name="tracer-title" content="${title}">
<meta name="tracer-slices" content="${slicesIn(trace)}">`
    return this.#start.replace(/<title>[^<]*<\/title>/, () => text)
  }
}

function slicesIn({ tracks }: Trace): number {
  return tracks.reduce((sum, track) => sum + (track.kind === 'thread' ? track.slices.length : 0), 0)
}

function unusable(what: string): TracerError {
  return new TracerError('INVALID_OPTION', `html() option "page" ${what}.`)
}
