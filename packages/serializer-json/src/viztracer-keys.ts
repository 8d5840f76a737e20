import type { Origin } from './event-reader.js'
import { FILE_INFO_KEY, LONGEST_KEPT_VALUE, VIZTRACER_KEY, type ObjectKeys } from './object-keys.js'
import { finiteNumber, textOr } from './raw-event.js'
import { formatCount, type ReadWarnings } from './read-warnings.js'

/** What is known of a trace that has no header of ours. */
export function describeForeign(keys: ObjectKeys, warnings: ReadWarnings): Origin {
  const viztracer: ViztracerMetadata | undefined = parse(keys.kept.get(VIZTRACER_KEY))
  if (viztracer === undefined) return { producer: 'unknown', clock: 'unknown', epochNs: undefined }
  if (viztracer.overflow === true) {
    warnings.add("VizTracer's buffer was too small for the run: its earliest events are missing.")
  }
  return {
    producer: `viztracer ${textOr(viztracer.version, '')}`.trim(),
    clock: 'monotonic',
    epochNs: finiteNumber(viztracer.baseTimeNanoseconds),
  }
}

interface ViztracerMetadata {
  readonly version?: unknown
  readonly overflow?: unknown
  /** Time of day at time 0 of the events. */
  readonly baseTimeNanoseconds?: unknown
}

/**
 * Texts of source files, by path: `{"files":{"/srv/app/t.py":["<text>",4]},"functions":…}`. The functions say
 * nothing that their names do not.
 */
export function viztracerSources(keys: ObjectKeys, warnings: ReadWarnings): [file: string, text: string][] {
  if (keys.tooLong.includes(FILE_INFO_KEY)) {
    warnings.add(`Source texts of more than ${formatCount(LONGEST_KEPT_VALUE)} bytes (file_info) were left out.`)
  }
  const info: { readonly files?: unknown } | undefined = parse(keys.kept.get(FILE_INFO_KEY))
  if (typeof info?.files !== 'object' || info.files === null) return []
  return Object.entries(info.files).flatMap(([file, content]: [string, unknown]): [string, string][] => {
    const text: unknown = Array.isArray(content) ? content[0] : content
    return typeof text === 'string' ? [[file, text]] : []
  })
}

function parse(text: string | undefined): object | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    // It only describes the events, which are there.
    return undefined
  }
}
