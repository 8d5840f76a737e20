/**
 * What a thread tells besides its calls, as bytes: in a ring of its memory, and as they lie there in the
 * EVENTS blocks of its spool. An event is a number of units of 8 bytes:
 *
 * ```
 * time f64 | head u32, name i32 | number f64 | text, filled up to 8 bytes
 * head     kind, 4 bits | WIDE, 1 bit | length of the text in UTF-16 units, 27 bits
 * text     a byte a unit, or two where WIDE is set
 * ```
 *
 * Names are numbers from 1, each told by an event before the first that uses it. What the fields of a
 * kind mean:
 *
 * ```
 *              name                  number   text
 * NAME         the number            -        the name
 * BEGIN_SPAN   of the span           its id   arguments
 * END_SPAN     another, or 0         its id   arguments, beside those of its beginning
 * INSTANT      of the instant        -        arguments
 * SAMPLE       of the counter        value    - (its length is the name of the series)
 * FLOW         -                     -        key: an end of it is the innermost slice of the moment
 * FLOW_NEXT    -                     -        key: an end of it is the next slice
 * FLOW_SPAN    -                     a span   key: an end of it is the beginning of that span
 * FLOW_BRANCH  -                     -        key: one of its ends, each of which an arrow leads to, is the innermost slice of the moment
 * ```
 */
export const EVENT_KINDS = {
  name: 1,
  beginSpan: 2,
  endSpan: 3,
  instant: 4,
  sample: 5,
  flow: 6,
  flowNext: 7,
  flowSpan: 8,
  flowBranch: 9,
} as const

/** The kind is the last bits of a head. */
export const EVENT_KIND_MASK = 0b1111
export const EVENT_WIDE = 0b10000
/** A head's length is above this many bits. */
export const EVENT_LENGTH_SHIFT = 5
/** Units before the text. */
export const EVENT_HEAD_UNITS = 3
/** Arguments that are longer are left out. */
export const EVENT_TEXT_LIMIT = 2 ** 16

/** Units that an event takes, by its head. */
export function eventUnits(head: number): number {
  if ((head & EVENT_KIND_MASK) === EVENT_KINDS.sample) return EVENT_HEAD_UNITS
  const length = head >>> EVENT_LENGTH_SHIFT
  return EVENT_HEAD_UNITS + ((head & EVENT_WIDE) === 0 ? (length + 7) >>> 3 : (length + 3) >>> 2)
}
