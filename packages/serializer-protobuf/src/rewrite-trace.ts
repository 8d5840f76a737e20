import { fileIds, type Trace } from '@tracer/core'
import { headerPackets, sourcePackets } from './header-packets.js'
import { PacketSplitter } from './packet-splitter.js'
import { Pages } from './pages.js'
import type { RewriteInput } from './rewrite-input.js'
import { TraceRewriter } from './trace-rewriter.js'
import { planTracks } from './track-plan.js'

/**
 * Writes files of our own as one, in one pass over each: packets keep what they say, and only numbers of sequences,
 * tracks, sites and flows, and the starts of clocks, are exchanged. `trace` has the tables of all and no events.
 * `firstFlows` is added to the numbers of the flows of each input.
 */
export async function* rewriteTraces(
  trace: Trace,
  inputs: readonly RewriteInput[],
  firstFlows: readonly number[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const pages = new Pages()
  const plan = planTracks(trace)
  for (const message of headerPackets(trace, fileIds(trace, MAX_ID), plan)) {
    pages.appendPacket(message.view())
    yield* pages.takeFull()
  }
  for (const [index, input] of inputs.entries()) {
    const rewriter = new TraceRewriter(pages, plan, input, firstFlows[index])
    const splitter = new PacketSplitter((bytes, start, end) => rewriter.take(bytes, start, end))
    for await (const piece of input.open()) {
      splitter.push(piece)
      yield* pages.takeFull()
    }
    rewriter.finish()
    yield* pages.takeFull()
  }
  for (const message of sourcePackets(trace.sources)) {
    pages.appendPacket(message.view())
    yield* pages.takeFull()
  }
  yield* pages.takeRest()
}

/** Perfetto takes the numbers of processes and threads for signed 32-bit integers. */
const MAX_ID = 2 ** 31 - 1
