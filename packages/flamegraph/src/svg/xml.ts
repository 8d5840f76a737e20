import { markupTag } from '@tracer/text-format'

/** A part of a document. Places need no more than hundredths of a pixel; tips have several lines. */
export const xml = markupTag({ numberText: (value) => String(Math.round(value * 100) / 100), controls: 'but-lines' })
