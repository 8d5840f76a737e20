import type { SliceIndex, SliceTable, ThreadTrack } from '@tracer/core'
import { safeArgs } from './args-text.js'
import { MAX_MICROSECONDS_BYTES, writeMicroseconds } from './decimal.js'
import type { EventPrefixes } from './event-prefix.js'
import type { WriteRules } from './flavors.js'
import { EXACT_NS, DOUBLE_GRID_NS, durationText, toDoubleGrid } from './microseconds.js'
import { PAGE_BYTES, type Pages } from './pages.js'
import { sliceBlocks, type SliceBlock } from './slice-blocks.js'

/** `,"dur":` as bytes. */
const DURATION_KEY = new TextEncoder().encode(',"dur":')

const CLOSING_BRACE = 0x7d

/** What follows a prefix when a slice has a start and a duration and nothing else. */
const MAX_TAIL_BYTES = 2 * MAX_MICROSECONDS_BYTES + DURATION_KEY.length + 1

/** Writes a thread's slices as complete events (`X`), giving the consumer a turn after each block. */
export function* writeSlices(
  pages: Pages,
  track: ThreadTrack,
  prefixes: EventPrefixes,
  rules: WriteRules,
): Generator<Uint8Array, void, undefined> {
  const { slices } = track
  const { withArgs } = rules
  const hasMore = slices.activation.length > 0 || slices.unfinished.size > 0 || (withArgs && slices.args.size > 0)
  const isUsual = !rules.hasExactSums && rules.maxDepth === Infinity
  const write = hasMore || !isUsual ? writeFullBlock : writePlainBlock
  for (const block of sliceBlocks(slices)) {
    write(pages, slices, block, prefixes, rules)
    yield* pages.takeFull()
  }
}

/** Hot: slices that have a site, a start and a duration and, at most, a hint. */
function writePlainBlock(pages: Pages, slices: SliceTable, block: SliceBlock, prefixes: EventPrefixes): void {
  const { site } = slices
  const { first, length, startNs, endNs, depthHint } = block
  let bytes = pages.bytes
  let at = pages.length
  for (let i = 0; i < length; i++) {
    const start = startNs[i]
    const end = endNs[i]
    const prefix = prefixes.of(site[first + i])
    const size = prefix.length
    if (at + size + MAX_TAIL_BYTES > PAGE_BYTES || start < 0 || end >= EXACT_NS || depthHint[i] >= 0) {
      pages.length = at
      writeOne(pages, prefix, start, end)
      if (depthHint[i] >= 0) writeDepth(pages, depthHint[i])
      pages.reserve(1)
      bytes = pages.bytes
      at = pages.length
    } else {
      bytes.set(prefix, at)
      at = writeMicroseconds(bytes, at + size, start)
      bytes.set(DURATION_KEY, at)
      at = writeMicroseconds(bytes, at + DURATION_KEY.length, end - start)
    }
    bytes[at++] = CLOSING_BRACE
  }
  pages.length = at
}

/** Slices of which some have arguments, belong to an activation or are unfinished; and those of a flavor. */
function writeFullBlock(
  pages: Pages,
  slices: SliceTable,
  block: SliceBlock,
  prefixes: EventPrefixes,
  { withArgs, hasExactSums, maxDepth }: WriteRules,
): void {
  const write = hasExactSums ? writeWithExactSum : writeOne
  for (let i = 0; i < block.length; i++) {
    const index = block.first + i
    if (slices.depth[index] >= maxDepth) continue
    write(pages, prefixes.of(slices.site[index]), block.startNs[i], block.endNs[i])
    if (block.depthHint[i] >= 0) writeDepth(pages, block.depthHint[i])
    writeMore(pages, slices, index, withArgs)
    pages.reserve(1)
    pages.bytes[pages.length++] = CLOSING_BRACE
  }
}

/** A slice wherever it lies in time and however long its name is, without the closing brace. */
function writeOne(pages: Pages, prefix: Uint8Array, startNs: number, endNs: number): void {
  pages.append(prefix)
  pages.appendTime(startNs)
  pages.append(DURATION_KEY)
  if (startNs >= 0 && endNs < EXACT_NS) pages.appendTime(endNs - startNs)
  else pages.appendText(durationText(startNs, endNs))
}

/** The same with times on a grid of doubles. */
function writeWithExactSum(pages: Pages, prefix: Uint8Array, startNs: number, endNs: number): void {
  if (Math.abs(startNs) >= DOUBLE_GRID_NS || Math.abs(endNs) >= DOUBLE_GRID_NS) {
    writeOne(pages, prefix, startNs, endNs)
    return
  }
  const start = toDoubleGrid(startNs)
  pages.append(prefix)
  pages.appendText(`${start},"dur":${toDoubleGrid(endNs) - start}`)
}

function writeDepth(pages: Pages, depth: number): void {
  pages.appendText(`,"depth":${depth}`)
}

/** Fields that only some slices have. */
export function writeMore(pages: Pages, slices: SliceTable, index: SliceIndex, withArgs: boolean): void {
  if (slices.activation.length > 0 && slices.activation[index] !== 0) {
    pages.appendText(`,"run":${slices.activation[index]}`)
  }
  if (slices.unfinished.size > 0 && slices.unfinished.has(index)) pages.appendText(',"open":1')
  if (withArgs && slices.args.size > 0) {
    const args = slices.args.get(index)
    if (args !== undefined) pages.appendText(`,"args":${safeArgs(args)}`)
  }
}
