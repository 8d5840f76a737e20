import { isFields, TraceBuilder, TracerError, type ReadTrace } from '@tracer/core'
import { rawProfile, type RawProfile } from './raw-profile.js'
import { SampledStack } from './sampled-stack.js'

/** What a CPU profile holds: slices that go on from sample to sample. @throws TracerError */
export function readProfile(value: unknown, advice: string): ReadTrace {
  const profile = isFields(value) ? rawProfile(value) : undefined
  if (profile === undefined) throw notATrace('byte 0 does not begin an object with "nodes" and "samples"', advice)
  if (profile.samples.length === 0 && profile.unpaired > 0) {
    throw notATrace(`it has ${profile.unpaired} samples, and no time (timeDeltas) of any`, advice)
  }
  const stack = new SampledStack(profile.nodes)
  if (stack.isCyclic) throw notATrace('a node of the profile is among its own callers', advice)

  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 0, name: '', commandLine: [] })
  const thread = builder.addThread({ process, tid: 0, name: '' }, 'by-level')
  const sites = profile.nodes.map(({ site }) => builder.addSite(site))
  const warnings = new Map<string, number>()
  readSamples(profile, stack, warnings, (node, startNs, endNs, level) => {
    builder.addNestedSlice(thread, sites[node], startNs, endNs, level)
  })
  const trace = builder.build({
    producer: 'unknown',
    clock: 'unknown',
    originNs: profile.startNs,
    originEpochMs: 0,
  })
  if (profile.unpaired > 0) {
    count(warnings, 'Samples without a time, or times without a sample, were skipped', profile.unpaired)
  }
  return { trace, warnings: Array.from(warnings, ([text, times]) => `${text}: ${times.toLocaleString('en-US')}.`) }
}

/**
 * A deep stack stands in a profile once, and each sample that comes back to it makes all of its calls anew: a file of
 * 400 kB could ask for gigabytes. Programs change some levels from sample to sample, on average.
 */
const FEW_SLICES = 4_000_000
const SLICES_PER_SAMPLE = 64

function readSamples(
  profile: RawProfile,
  stack: SampledStack,
  warnings: Map<string, number>,
  addSlice: (node: number, startNs: number, endNs: number, level: number) => void,
): void {
  const { samples, timeNs } = profile
  const most = FEW_SLICES + SLICES_PER_SAMPLE * samples.length
  let slices = 0
  const addCounted: typeof addSlice = (node, startNs, endNs, level) => {
    slices += 1
    addSlice(node, startNs, endNs, level)
  }
  let lastNs = -Infinity
  for (let i = 0; i < samples.length; i++) {
    if (slices > most) {
      count(warnings, 'Samples whose calls would have filled the memory were not read', samples.length - i)
      stack.end(lastNs, addCounted)
      return
    }
    if (timeNs[i] < lastNs) count(warnings, 'Samples before the one that came before were moved up to it')
    lastNs = Math.max(lastNs, timeNs[i])
    if (samples[i] === -1) count(warnings, 'Samples of unknown nodes were skipped')
    else stack.changeTo(samples[i], i + 1 < samples.length ? samples[i + 1] : -1, lastNs, addCounted)
  }
  stack.end(Math.max(lastNs, profile.endNs), addCounted)
}

function notATrace(cause: string, advice: string): TracerError {
  return new TracerError('NOT_A_TRACE', `Cannot read the trace: ${cause}. ${advice}`)
}

function count(warnings: Map<string, number>, text: string, times = 1): void {
  warnings.set(text, (warnings.get(text) ?? 0) + times)
}
