import { countByName } from './slices.js'
import { bare, trace, type BareRun, type RunOptions, type TraceEvent } from './tracer.js'

/** A program that ran as it is, and traced. */
export interface Comparison {
  readonly bare: BareRun
  readonly traced: BareRun
  /** The slices of the trace. */
  readonly slices: readonly TraceEvent[]
  /** How often each function is in the trace. */
  readonly calls: Readonly<Record<string, number>>
}

/** Options of {@link compare}. */
export interface ComparisonOptions extends RunOptions {
  /** What two bare runs do not have in common either. */
  readonly varies?: RegExp
}

/** Runs a command line of Node.js as it is and under `tracer`. */
export function compare(node: string, args: readonly string[], options: ComparisonOptions = {}): Comparison {
  const { varies = NOTHING, ...runOptions } = options
  // Each call, also those of functions that are left alone by default.
  const traced = trace(node, ['--exact', node, ...args], runOptions)
  const slices = traced.events.filter(({ ph }) => ph === 'X')
  return {
    bare: steady(bare(node, args, runOptions), varies),
    traced: steady({ ...traced, stderr: withoutSummary(traced.stderr) }, varies),
    slices,
    calls: countByName(slices),
  }
}

const NOTHING = /(?!)/g

/** Process ids and what else varies, by which runs cannot be compared, replaced. */
function steady({ stdout, stderr, exitCode }: BareRun, varies: RegExp): BareRun {
  const [out, err] = [stdout, stderr].map((text) =>
    text.replace(/\(node:\d+\)/g, '(node:1)').replace(varies, '<varies>'),
  )
  return { stdout: out, stderr: err, exitCode }
}

/** The last line is tracer's. */
function withoutSummary(stderr: string): string {
  return stderr.slice(0, stderr.trimEnd().lastIndexOf('\n') + 1)
}
