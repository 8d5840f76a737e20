import { packageOf, type Trace } from '@tracer/core'
import type { Place } from './own-code.js'

/** What is looked for. */
export interface Search {
  readonly text: string
  readonly isRegex: boolean
}

export const EMPTY_SEARCH: Search = { text: '', isRegex: false }

/** Matching sites and how much there is of them. */
export interface Matches {
  /** By site: 1 when it matches. */
  readonly bySite: Uint8Array
  readonly sites: number
  readonly slices: number
  /** What is wrong with a regular expression. */
  readonly fault: string | undefined
}

/** The sites that match by name, file or package; `file:` and `package:` in front ask one of these alone. */
export function matchedSites(trace: Trace, search: Search): Matches | undefined {
  if (search.text.trim() === '') return undefined
  const bySite = new Uint8Array(trace.sites.length)
  const { test, fault } = testOf(search)
  let sites = 0
  trace.sites.forEach((site, index) => {
    if (!test(site)) return
    bySite[index] = 1
    sites++
  })
  return { bySite, sites, slices: slicesOf(trace, bySite), fault }
}

interface Test {
  readonly test: (place: Place) => boolean
  readonly fault: string | undefined
}

/** Whether a function is looked for; a regular expression with a fault finds nothing. */
export function testOf({ text, isRegex }: Search): Test {
  const [, field, wanted] = /^(name|file|package):(.*)$/su.exec(text.trim()) ?? [undefined, undefined, text.trim()]
  const matcher = isRegex ? regexTest(wanted) : { test: containsTest(wanted), fault: undefined }
  if (matcher.test === undefined) return { test: () => false, fault: matcher.fault }
  const { test } = matcher
  const tests: Record<string, (place: Place) => boolean> = {
    name: ({ name }) => test(name),
    file: ({ file }) => test(file),
    package: ({ file }) => test(packageOf(file)),
  }
  const byField = field === undefined ? undefined : tests[field]
  return { test: byField ?? (({ name, file }) => test(name) || test(file)), fault: undefined }
}

function containsTest(wanted: string): (text: string) => boolean {
  const low = wanted.toLowerCase()
  return (text) => text.toLowerCase().includes(low)
}

function regexTest(source: string): { test?: (text: string) => boolean; fault: string | undefined } {
  try {
    const regex = new RegExp(source, 'iu')
    return { test: (text) => regex.test(text), fault: undefined }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

function slicesOf(trace: Trace, bySite: Uint8Array): number {
  let count = 0
  for (const track of trace.tracks) {
    if (track.kind === 'counter') continue
    const { length, site } = track.slices
    for (let i = 0; i < length; i++) count += bySite[site[i]]
  }
  return count
}
