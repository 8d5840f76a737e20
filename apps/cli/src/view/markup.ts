import { markupTag } from '@tracer/text-format'

/** A part of a page. Names of files stay as they are, because the page asks for files by them. */
export const markup = markupTag({ controls: 'kept' })
