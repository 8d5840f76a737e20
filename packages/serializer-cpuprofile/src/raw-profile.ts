import { fieldsOf, isFields, listOf, numberOf, textOf, type Fields, type Site } from '@tracer/core'
import { ANONYMOUS } from './profile-nodes.js'

/** A CPU profile as all its variants have it in common. */
export interface RawProfile {
  readonly nodes: readonly RawNode[]
  /** Positions in `nodes`, or -1 for a node that is not there. */
  readonly samples: Int32Array
  /** Of each sample, in nanoseconds from `startNs`; as many as there are both samples and times. */
  readonly timeNs: Float64Array
  readonly startNs: number
  /** When the last sample ended. */
  readonly endNs: number
  /** Samples without a time, or times without a sample. */
  readonly unpaired: number
}

export interface RawNode {
  readonly site: Site
  /** Position of the parent; -1 for a root. */
  parent: number
}

/** Takes a profile apart: of Chrome and Node.js, or of V8's older interface, whose nodes lie in one another. */
export function rawProfile(profile: Fields): RawProfile | undefined {
  const isOld = isFields(profile['head'])
  const listed = isFields(profile['head']) ? flattened(profile['head']) : fieldsOf(profile['nodes'])
  const samples = listOf(profile['samples'])
  const times = isOld ? listOf(profile['timestamps']) : listOf(profile['timeDeltas'])
  if (listed.length === 0 || !Array.isArray(profile['samples'])) return undefined

  const positions = new Map(listed.map((node, position) => [node['id'], position]))
  const nodes = listed.map((node) => ({ site: siteOf(node), parent: positions.get(node['parent']) ?? -1 }))
  for (const [position, node] of listed.entries()) {
    for (const child of listOf(node['children'])) {
      const at = positions.get(isFields(child) ? child['id'] : child)
      if (at !== undefined) nodes[at].parent = position
    }
  }
  const length = Math.min(samples.length, times.length)
  // There the last time may be when the last sample ended.
  const hasEnd = isOld && times.length === samples.length + 1
  const startUs = isOld ? numberOf(times[0]) : numberOf(profile['startTime'])
  let elapsedNs = 0
  const timeNs = Float64Array.from({ length }, (_, i) => {
    // Whole nanoseconds add up exactly, which fractions of microseconds do not.
    if (isOld) return Math.round((numberOf(times[i]) - startUs) * 1000)
    return (elapsedNs += Math.round(numberOf(times[i]) * 1000))
  })
  return {
    nodes,
    samples: Int32Array.from(samples.slice(0, length), (id) => positions.get(id) ?? -1),
    timeNs,
    startNs: Math.round(startUs * 1000),
    endNs: Math.round((numberOf(isOld ? times.at(-1) : profile['endTime']) - startUs) * 1000),
    unpaired: hasEnd ? 0 : Math.abs(samples.length - times.length),
  }
}

/** The nodes of a tree; not by recursion, which a deep one would end. */
function flattened(head: Fields): Fields[] {
  const nodes = [head]
  for (const node of nodes) for (const child of fieldsOf(node['children'])) nodes.push(child)
  return nodes
}

function siteOf(node: Fields): Site {
  const frame = isFields(node['callFrame']) ? node['callFrame'] : node
  const name = textOf(frame['functionName'])
  return {
    kind: 'function',
    name: name === '' ? ANONYMOUS : name,
    file: textOf(frame['url']),
    line: Math.max(0, numberOf(frame['lineNumber'], -1) + 1),
    column: Math.max(0, numberOf(frame['columnNumber'], -1) + 1),
  }
}
