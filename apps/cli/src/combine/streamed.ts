import type { CombinedTrace } from '@tracer/combine'
import type { TraceSerializer } from '@tracer/core'
import { FlowStarts, rewriteTraces, type RewriteInput } from '@tracer/serializer-protobuf'
import type { ScannedFile } from './scan-input.js'

/** A serializer that writes the events of the files beside the tables of the combined trace, without holding them. */
export function streamed(
  serializer: TraceSerializer,
  files: readonly ScannedFile[],
  { trace, alignments, pairs, sites }: CombinedTrace,
): TraceSerializer {
  let [thread, track, flow] = [0, 0, 0]
  const firstFlows: number[] = []
  const flows = files.map(() => new FlowStarts())
  const inputs = files.map(({ scanned, open, trace: own }, index): RewriteInput => {
    const input = {
      open,
      numbers: scanned.numbers,
      openSlices: scanned.open,
      shiftNs: alignments[index].shiftNs,
      sites: sites[index],
      firstThread: thread,
      firstTrack: track,
      flows: flows[index],
    }
    firstFlows.push(flow)
    thread += own.threads.length
    track += own.tracks.length
    flow += scanned.numbers.flows
    return input
  })
  for (const { parent, child } of pairs) {
    flow++
    // What is called a slice is the number of a packet: see the landmarks of a scanned file.
    for (const { input, span } of [parent, child]) {
      flows[input].add(span.slice, flow)
    }
  }
  return { ...serializer, serialize: () => rewriteTraces(trace, inputs, firstFlows) }
}
