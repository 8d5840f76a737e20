import {
  fieldsOf,
  isFields,
  listOf,
  numberOf,
  textOf,
  TraceBuilder,
  TracerError,
  type Fields,
  type ReadTrace,
  type Site,
  type SiteKind,
} from '@tracer/core'
import { OpenFrames } from './open-frames.js'

/** What a file holds. Files of others are read too, with evented and sampled profiles. @throws TracerError */
export function readDocument(value: unknown, advice: string): ReadTrace {
  if (!isFields(value) || !isFields(value['shared']) || !Array.isArray(value['profiles'])) {
    const cause = 'byte 0 does not begin an object with "shared" and "profiles"'
    throw new TracerError('NOT_A_TRACE', `Cannot read the trace: ${cause}. ${advice}`)
  }
  const builder = new TraceBuilder()
  const warnings = new Map<string, number>()
  const sites = fieldsOf(value['shared']['frames']).map((frame) => builder.addSite(siteOf(frame)))
  const profiles = fieldsOf(value['profiles'])
  const own = isFields(value['tracer']) ? value['tracer'] : undefined
  const threads = own === undefined ? foreignThreads(builder, value, profiles) : ownThreads(builder, own)
  for (const [index, profile] of profiles.entries()) {
    const thread = threads[own === undefined ? index : numberOf(profile['thread'], -1)] as number | undefined
    if (thread === undefined) count(warnings, 'Profiles of no known thread were skipped')
    else readProfile(new OpenFrames(builder, thread, sites), profile, warnings)
  }
  const trace = builder.build({
    producer: textOf(value['exporter'], 'unknown'),
    clock: textOf(own?.['clock'], 'unknown'),
    originNs: numberOf(own?.['originNs']),
    originEpochMs: numberOf(own?.['originEpochMs']),
    overheadNs: numberOf(own?.['overheadNs']),
    overheadInsideNs: numberOf(own?.['overheadInsideNs']),
    checkNs: numberOf(own?.['checkNs']),
    tickNs: numberOf(own?.['tickNs']),
    hostName: textOf(own?.['hostName']),
    bootId: textOf(own?.['bootId']),
  })
  return { trace, warnings: Array.from(warnings, ([text, times]) => `${text}: ${times.toLocaleString('en-US')}.`) }
}

function readProfile(frames: OpenFrames, profile: Fields, warnings: Map<string, number>): void {
  const unit = NS_PER_UNIT.get(textOf(profile['unit']))
  if (unit === undefined) count(warnings, 'Profiles that measure no time were read with a nanosecond for each unit')
  const scale = unit ?? 1
  if (profile['type'] === 'sampled') {
    const weights = listOf(profile['weights'])
    let time = numberOf(profile['startValue']) * scale
    for (const [index, stack] of listOf(profile['samples']).entries()) {
      frames.changeTo(listOf(stack), time)
      const weight = numberOf(weights[index], -1)
      if (weight < 0) count(warnings, 'Samples without a weight were taken as empty')
      time += Math.max(0, weight) * scale
    }
    frames.endAll(time)
  } else {
    for (const event of fieldsOf(profile['events'])) {
      const time = numberOf(event['at'], NaN) * scale
      if (event['type'] === 'O') frames.begin(event['frame'], time)
      else frames.end(event['frame'], time)
    }
    frames.leaveOpen(numberOf(profile['endValue']) * scale)
  }
  for (const [text, times] of frames.warnings) count(warnings, text, times)
}

function ownThreads(builder: TraceBuilder, own: Fields): number[] {
  const processes = fieldsOf(own['processes']).map((process) =>
    builder.addProcess({
      pid: numberOf(process['pid']),
      name: textOf(process['name']),
      commandLine: listOf(process['commandLine']).map((word) => textOf(word)),
      ...('exitCode' in process && { exitCode: numberOf(process['exitCode']) }),
      ...('signal' in process && { signal: textOf(process['signal']) }),
    }),
  )
  return fieldsOf(own['threads']).flatMap((thread) => {
    const process = numberOf(thread['process'])
    if (!processes.includes(process)) return []
    return [builder.addThread({ process, tid: numberOf(thread['tid']), name: textOf(thread['name']) }, 'by-level')]
  })
}

function foreignThreads(builder: TraceBuilder, file: Fields, profiles: readonly Fields[]): number[] {
  const process = builder.addProcess({ pid: 0, name: textOf(file['name']), commandLine: [] })
  return profiles.map((profile, tid) => builder.addThread({ process, tid, name: textOf(profile['name']) }, 'by-level'))
}

function siteOf(frame: Fields): Site {
  const kind: SiteKind = SITE_KINDS.find((known) => known === frame['kind']) ?? 'function'
  return {
    kind,
    name: textOf(frame['name']),
    file: textOf(frame['file']),
    line: numberOf(frame['line']),
    column: numberOf(frame['col']),
  }
}

const SITE_KINDS: readonly SiteKind[] = ['function', 'module', 'span']

const NS_PER_UNIT = new Map<string, number>([
  ['nanoseconds', 1],
  ['microseconds', 1e3],
  ['milliseconds', 1e6],
  ['seconds', 1e9],
])

function count(warnings: Map<string, number>, text: string, times = 1): void {
  warnings.set(text, (warnings.get(text) ?? 0) + times)
}
