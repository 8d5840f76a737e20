import type { TraceFacts } from '@tracer/call-tree'
import type { SiteIndex, Trace } from '@tracer/core'
import type { Session, ThreadCosts } from '@tracer/spool'
import { count, counted, duration } from '@tracer/text-format'
import { printable } from '../text/cell.js'
import { leftOutCalls } from './left-out.js'

const FIRST_FEW = 3
/** A tick may be late by this many periods before anyone is told. */
const TOLERATED_PERIODS = 10

/** Functions that were tick-checked at some time. */
export function tickChecked({ moves }: Pick<Session, 'moves'>): SiteIndex[] {
  return moves.filter(({ toChecked }) => toChecked > 0).map(({ site }) => site)
}

/** Functions that began tick-checked because of what an earlier run learned. */
export function learned({ moves }: Pick<Session, 'moves'>): SiteIndex[] {
  return moves.filter(({ isLearned }) => isLearned).map(({ site }) => site)
}

/** `8 functions began tick-checked, as learned in an earlier run`; undefined when none did. */
export function learnedText(session: Pick<Session, 'moves'>): string | undefined {
  const functions = learned(session).length
  return functions === 0
    ? undefined
    : `${counted(functions, 'function')} began tick-checked, as learned in an earlier run`
}

/**
 * `12 functions tick-checked, 4,500,120 calls counted without a slice; dearest: parse (3,000,000 calls)`;
 * undefined when every call has its slice.
 */
export function budgetText(
  session: Pick<Session, 'trace' | 'moves' | 'leftOut'>,
  facts: TraceFacts,
): string | undefined {
  const checked = tickChecked(session).length
  const { short, deep } = leftOutCalls(session)
  // Others have lines of their own.
  const calls = facts.unrecordedCalls - facts.dropped - short - deep
  const parts = [
    ...(checked > 0 ? [`${counted(checked, 'function')} tick-checked`] : []),
    ...(calls > 0 ? [`${counted(calls, 'call')} counted without a slice`] : []),
  ]
  if (parts.length === 0) return undefined
  const dearest = mostCalled(session.trace).map(([name, times]) => `${name} (${count(times)} calls)`)
  return parts.join(', ') + (calls > 0 && dearest.length > 0 ? `; dearest: ${dearest.join(', ')}` : '')
}

/** A check costs the same each time: functions with most calls are the dearest to check. */
function mostCalled({ sites, unrecorded }: Trace): [name: string, calls: number][] {
  const bySite = new Map<SiteIndex, number>()
  for (let i = 0; i < unrecorded.length; i++) {
    const site = unrecorded.site[i]
    bySite.set(site, (bySite.get(site) ?? 0) + unrecorded.calls[i])
  }
  return [...bySite]
    .sort(([, a], [, b]) => b - a)
    .slice(0, FIRST_FEW)
    .map(([site, calls]) => [printable(sites[site].name), calls])
}

/** What is odd about a recording: what its reader found, and ticks that came late. */
export function warningsOf({ warnings, costs }: Pick<Session, 'warnings' | 'costs'>): string[] {
  return [...warnings, ...lateTicks(costs)]
}

function lateTicks(costs: readonly ThreadCosts[]): string[] {
  const late = costs.filter(({ tickNs, latestTickNs }) => latestTickNs > TOLERATED_PERIODS * tickNs && tickNs > 0)
  if (late.length === 0) return []
  const { tickNs, latestTickNs } = late.reduce((max, one) => (one.latestTickNs > max.latestTickNs ? one : max))
  return [
    `two ticks were ${duration(latestTickNs)} apart in place of ${duration(tickNs)}: ` +
      'tick-checked calls up to that long may have no slice',
  ]
}
