import type { AlignedInputs, Alignment } from '@tracer/combine'
import { counted, duration } from '@tracer/text-format'
import { printable } from '../text/cell.js'
import type { Labelled } from '../text/labelled.js'

/** Less than this is noise: events of a request are noted some time after it. */
const NOTABLE_NS = 1e6

/** Where the files lie on the common axis, and what that rests on. */
export function alignmentLabels(labels: readonly string[], aligned: AlignedInputs, marker: string): Labelled[] {
  if (labels.length < 2) return []
  const requests = labels.map(() => 0)
  for (const { parent, child } of aligned.pairs) {
    requests[parent.input]++
    requests[child.input]++
  }
  const texts = aligned.alignments.map((alignment, input) =>
    printable(`${labels[input]}: ${placeText(alignment, requests[input], marker)}`),
  )
  const { contradictionNs } = aligned
  const note =
    `Requests contradict each other by up to ${duration(contradictionNs)}: ` +
    'the clocks drift against each other, or answers were noted late.'
  return [{ label: 'Clocks', texts }, ...(contradictionNs > 2 * NOTABLE_NS ? [{ label: 'Note', texts: [note] }] : [])]
}

function placeText({ by, uncertaintyNs, clockAheadNs }: Alignment, requests: number, marker: string): string {
  const exactly = uncertaintyNs === undefined ? '' : `, ±${duration(uncertaintyNs)}`
  switch (by) {
    case 'reference':
      return 'what the others are aligned to'
    case 'boot':
      return 'the same clock of the same machine'
    case 'requests':
      return `by ${counted(requests, 'request')}${exactly}${aheadText(clockAheadNs, uncertaintyNs)}`
    case 'marker':
      return `by the marker '${marker}'${aheadText(clockAheadNs, uncertaintyNs)}`
    case 'clock':
      return 'by the wall clock'
    case 'start':
      return 'by its start'
  }
}

function aheadText(aheadNs: number | undefined, uncertaintyNs = 0): string {
  if (aheadNs === undefined || Math.abs(aheadNs) < NOTABLE_NS + uncertaintyNs) return ''
  return `; its wall clock is ${duration(Math.abs(aheadNs))} ${aheadNs > 0 ? 'ahead' : 'behind'}`
}
