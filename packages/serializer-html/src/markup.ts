import { markupTag } from '@tracer/text-format'

/** A part of the page. */
export const markup = markupTag()
