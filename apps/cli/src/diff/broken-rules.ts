import { count, counted } from '@tracer/text-format'
import { printable } from '../text/cell.js'
import type { FailRule } from './fail-rule.js'
import { LEVEL } from './false-discoveries.js'
import type { FunctionChange, RunComparison, TimeChange } from './function-changes.js'
import { median } from './rank-test.js'

/** What breaks one of the rules, a sentence for each rule that is broken. */
export function brokenRules(comparison: RunComparison, rules: readonly FailRule[]): string[] {
  return rules.flatMap((rule) => {
    const sentence = brokenBy(comparison, rule)
    return sentence === undefined ? [] : [sentence]
  })
}

function brokenBy({ functions, all }: RunComparison, { kind, tolerance }: FailRule): string | undefined {
  switch (kind) {
    case 'calls': {
      const found = functions.filter(({ callsChange, calls }) => callsChange === 'more' && isBeyond(calls, tolerance))
      return sentence(found, 'is called more often', 'are called more often', ({ calls }) => {
        return `${count(median(calls.before))} → ${count(median(calls.after))}`
      })
    }
    case 'new':
    case 'gone':
      return sentence(
        functions.filter(({ callsChange }) => callsChange === kind),
        `is ${kind}`,
        `are ${kind}`,
      )
    case 'time':
      return isDearer(all, tolerance) ? `all functions together took ${timesText(all)} the time` : undefined
    case 'self':
      return sentence(
        functions.filter(
          ({ callsChange, time }) => callsChange !== 'new' && callsChange !== 'gone' && isDearer(time, tolerance),
        ),
        'takes longer',
        'take longer',
        ({ time }) => timesText(time),
      )
  }
}

function isBeyond({ before, after }: FunctionChange['calls'], tolerance: number): boolean {
  return median(after) > median(before) * (1 + tolerance)
}

/** Beyond chance where that can be told, and by more than is tolerated. */
function isDearer({ chance, verdict, factor }: TimeChange, tolerance: number): boolean {
  const isChanged = chance === undefined ? verdict === 'changed' : chance < LEVEL
  return isChanged && factor.ratio > 1 + tolerance
}

function timesText({ factor }: TimeChange): string {
  return `${factor.ratio.toFixed(2)}x`
}

function sentence(
  found: readonly FunctionChange[],
  one: string,
  many: string,
  detail?: (change: FunctionChange) => string,
): string | undefined {
  if (found.length === 0) return undefined
  const [first] = found
  const example = `${printable(first.name)}${detail === undefined ? '' : ` ${detail(first)}`}`
  return `${counted(found.length, 'function')} ${found.length === 1 ? one : many}: ${example}${found.length === 1 ? '' : ', …'}`
}
