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
 * SPAN_NAME    a name of spans       a track  arguments that all of them begin with
 * END_COUNTED  the id of a span      a count  - (its length is the name of what is counted)
 * LEFT         -                     -        - the time is when the thread went back to its event loop
 * BACK         turns of the loop     waited   - the time is when it came back, to the next slice: until then the
 *                                    in ms      loop had turned and waited for events so much in all
 * ```
 *
 * The track of a SPAN_NAME is a name, with CALLBACK_STEP times a number of CALLBACKS. What END_COUNTED counts is named by what stands before the number in its arguments: `"status":200,"bytes"`.
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
  spanName: 10,
  endCounted: 11,
  left: 12,
  back: 13,
} as const

/**
 * Which call of the thread is an effect of the span: none, the next one, or of several spans that begin one after
 * the other each the next one that is left.
 */
export const CALLBACKS = { none: 0, next: 1, 'in-turn': 2 } as const
/** The name of one of these. */
export type Callback = keyof typeof CALLBACKS
/** By how much the number of a callback stands above that of a name. */
export const CALLBACK_STEP = 2 ** 32

/** The kind is the last bits of a head. */
export const EVENT_KIND_MASK = 0b1111
/** The bit of a head that says that its text is of UTF-16 units, not of bytes. */
export const EVENT_WIDE = 0b10000
/** A head's length is above this many bits. */
export const EVENT_LENGTH_SHIFT = 5
/** Units before the text. */
export const EVENT_HEAD_UNITS = 3
/** Arguments that are longer are left out. */
export const EVENT_TEXT_LIMIT = 2 ** 16

/** Units that an event takes, by its head. */
export function eventUnits(head: number): number {
  const kind = head & EVENT_KIND_MASK
  // Kinds whose length is a name.
  if (kind === EVENT_KINDS.sample || kind === EVENT_KINDS.endCounted) return EVENT_HEAD_UNITS
  const length = head >>> EVENT_LENGTH_SHIFT
  return EVENT_HEAD_UNITS + ((head & EVENT_WIDE) === 0 ? (length + 7) >>> 3 : (length + 3) >>> 2)
}
