/** Tells our pages from others; near the beginning. */
export const PAGE_MARK = '<meta name="tracer-page" content="1">'
