import { BYTE_ORDER_MARK, OPENING_BRACE, OPENING_BRACKET, isSpace } from './json-bytes.js'

/**
 * Whether a file that starts with `head` is Trace Event JSON. Other tools write JSON too (CPU
 * profiles, speedscope, Firefox), so an array must show an event, and an object a key that traces have.
 */
export function isTraceEventJson(head: Uint8Array): boolean {
  let at = 0
  while (at < head.length && (isSpace(head[at]) || BYTE_ORDER_MARK.includes(head[at]))) at++
  if (head[at] !== OPENING_BRACKET && head[at] !== OPENING_BRACE) return false
  const text = new TextDecoder().decode(head.subarray(at))
  if (head[at] === OPENING_BRACKET) return /^\[[\s,]*(\]|$|\{[\s,]*\}|\{[^]*"ph"\s*:\s*")/.test(text)
  return /"traceEvents"\s*:/.test(text) || /^\{\s*"(viztracer_metadata|file_info|displayTimeUnit|otherData)"/.test(text)
}
