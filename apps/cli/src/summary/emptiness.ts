import { factsOf } from '@tracer/call-tree'
import type { ModuleSummary } from '@tracer/spool'
import { count, counted } from '@tracer/text-format'
import { leftOutCalls } from './left-out.js'
import type { RunResult } from './run-result.js'

/** Why a trace has no function in it, and what to do: a sentence or two each; empty when it has one. */
export function emptiness({ session, limits }: RunResult): string[] {
  const { trace, modules } = session
  const hasFunctions = trace.sites.some((site) => site.kind === 'function')
  const facts = factsOf(trace)
  const { short, deep } = leftOutCalls(session)
  const counted = facts.unrecordedCalls - facts.dropped - short - deep
  if (hasFunctions && (facts.events > 0 || counted > 0)) return []
  if (modules.functionsInstrumented > 0) {
    if (session.stops.some(({ count }) => count > 0)) return [NOT_STARTED]
    return whyNoCalls(modules, limits.calls, facts)
  }
  if (modules.instrumented > 0) return [...whyNoFunctions(modules), ...nodeModulesHint(modules)]
  return whyNoModules(modules, limits.files)
}

const NOT_STARTED = 'Recording was stopped: start() of @tracer/loader/control starts it, in the program.'

function whyNoCalls(
  { functionsInstrumented }: ModuleSummary,
  limits: readonly string[],
  { dropped, unfinished }: Pick<ReturnType<typeof factsOf>, 'dropped' | 'unfinished'>,
): string[] {
  const functions = counted(functionsInstrumented, 'function')
  if (dropped > 0) return [`${functions} instrumented, and all that they did was dropped.`]
  if (unfinished.length > 0) return [`${functions} instrumented, and the process ended before it handed anything over.`]
  if (limits.length > 0) {
    return [`${functions} instrumented, and no call was recorded under ${limits.join(' ')}. Run without to see more.`]
  }
  return [`${functions} instrumented, and the program called none of them.`]
}

function whyNoFunctions({ instrumented, functionsSkipped }: ModuleSummary): string[] {
  const skipped = Object.values(functionsSkipped).reduce((sum, count) => sum + count, 0)
  const modules = instrumented === 1 ? 'one instrumented module' : `${count(instrumented)} instrumented modules`
  return skipped === 0
    ? [`The ${modules} ${instrumented === 1 ? 'has' : 'have'} no function.`]
    : [`Every function of the ${modules} was left alone.`]
}

function whyNoModules(modules: ModuleSummary, limits: readonly string[]): string[] {
  const { skipped, filtered } = modules
  const others = Object.entries(filtered).filter(([reason]) => reason !== 'node_modules')
  const reasons: string[] = []
  if (skipped.length > 0) reasons.push(`${counted(skipped.length, 'module')} could not be instrumented.`)
  if (others.length > 0) {
    const count = others.reduce((sum, [, modules]) => sum + modules, 0)
    const why = limits.length > 0 ? `by ${limits.join(' ')}` : `(${others.map(([reason]) => reason).join(', ')})`
    reasons.push(`${counted(count, 'module')} left out ${why}.`)
  }
  reasons.push(...nodeModulesHint(modules))
  if (reasons.length > 0) return ['Nothing was instrumented.', ...reasons]
  return [
    'Nothing was instrumented: no Node.js program ran, or it dropped NODE_OPTIONS, by which tracer reaches it,',
    'or it ended before it loaded a module.',
  ]
}

function nodeModulesHint({ filtered }: ModuleSummary): string[] {
  const inPackages = filtered['node_modules'] ?? 0
  if (inPackages === 0) return []
  return [`${counted(inPackages, 'module')} in node_modules left alone: --packages all traces them, or name some.`]
}
