/**
 * Stands in the place of a site in a record that says what the slice before it was called back for:
 *
 * ```
 * start  when the slice ran that made the resource; 0 where nobody knows of one
 * end    number of the name of its type + NAME_LIMIT * milliseconds that a timer was to wait
 * ```
 */
export const CAUSE_MARKER = -2

/** Names are below. */
export const CAUSE_NAME_LIMIT = 65_536
