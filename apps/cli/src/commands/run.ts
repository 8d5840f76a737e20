import type { RecordOptions } from '@tracer/loader'
import { duration } from '@tracer/text-format'
import { runChild } from '../child.js'
import { CliError } from '../cli-error.js'
import type { Io, Outcome } from '../io.js'
import type { RunOptions } from '../options/run-options.js'
import { prepareOutput } from '../formats/output-file.js'
import { writerFor } from '../formats/writer.js'
import { printError } from '../print-error.js'
import { saveSession, warmUp } from '../save-session.js'
import { makeSessionFolder, noteMachine, removeSessionFolder } from '../session-folder.js'
import type { Limits } from '../summary/run-result.js'
import { evalTarget, resolveTarget, type Target } from '../target.js'
import { shellWord } from '../text/shell-word.js'
import { waitForChildren } from '../wait-for-children.js'

/**
 * `tracer run`: runs a program, records it and saves the trace.
 *
 * Everything that can be wrong with the command line is found before the program starts. After
 * that its outcome is the command's, whatever becomes of the trace; a failed save shows in the
 * exit code only when the program itself succeeded.
 */
export async function runProgram(options: RunOptions, operands: readonly string[], io: Io): Promise<Outcome> {
  if (options.learn) requireBudgetAndCache(options, io.env)
  const writer = await writerFor(options, io.cwd)
  const target = targetOf(options, operands, io)
  const output = prepareOutput(options.output, io.cwd)
  const folder = makeSessionFolder()
  const summary = options.quiet ? 'none' : options.summary
  let outcome: Outcome
  try {
    const { recordingEnvironment, whyNoNativeClock } = await import('@tracer/loader')
    if (options.clock === 'native') requireClock(whyNoNativeClock())
    const env = recordingEnvironment(recordOptions(options, target, io.cwd), folder, io.env)
    const running = runChild(target, io.cwd, env, folder)
    void warmUp(writer, summary)
    ;[outcome] = await Promise.all([running, noteMachine(folder)])
  } catch (error) {
    removeSessionFolder(folder)
    throw error
  }
  try {
    const living = await waitForChildren(folder)
    await saveSession({ folder, writer, output, summary, limits: limitsOf(options), living }, io)
    return outcome
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    printError(error, io)
    return 'exitCode' in outcome && outcome.exitCode === 0 ? { exitCode: error.exitCode } : outcome
  }
}

/** Who asks to learn wants to find it in the next run. */
function requireBudgetAndCache({ exact }: RunOptions, { TRACER_CACHE }: NodeJS.ProcessEnv): void {
  if (exact) {
    throw new CliError(
      'WRONG_USAGE',
      '--learn keeps what the budget decides, and with --exact there is none.',
      'Take one of them.',
    )
  }
  if (TRACER_CACHE === 'off') {
    throw new CliError(
      'WRONG_USAGE',
      '--learn keeps what the budget decides in the cache, which TRACER_CACHE=off switches off.',
      'Name a folder for it: TRACER_CACHE=<folder> tracer --learn ...',
    )
  }
}

/** Who asks for a clock by name gets no other one. */
function requireClock(problem: string | undefined): void {
  if (problem === undefined) return
  throw new CliError(
    'CLOCK_UNAVAILABLE',
    problem,
    'Take the portable clock with --clock portable, or leave the choice to --clock auto.',
  )
}

function targetOf(options: RunOptions, operands: readonly string[], io: Io): Target {
  if (options.eval !== undefined) return evalTarget(options.eval, operands)
  const [name, ...args] = operands
  if (name !== undefined) return resolveTarget(name, args, io.cwd, io.env)
  throw new CliError(
    'WRONG_USAGE',
    'There is nothing to run.',
    "Name a file or a command, such as: tracer app.js\nSee 'tracer --help' for what else there is.",
  )
}

function recordOptions(options: RunOptions, { ownPackage }: Target, root: string): RecordOptions {
  const { include, exclude, maxDepth, minDuration, exact, learn, overhead, clock, paused, async, gc, propagate } =
    options
  const packages = [...options.packages, ...(ownPackage === undefined ? [] : [ownPackage])]
  return {
    root,
    include,
    exclude,
    packages: packages.includes('all') ? 'all' : packages,
    exact,
    learn,
    overheadPercent: overhead,
    clock,
    paused,
    async,
    ...(gc ? { gc } : {}),
    ...(propagate ? { propagate } : {}),
    ...(maxDepth !== undefined && { maxDepth }),
    ...(minDuration !== undefined && { minDurationNs: minDuration }),
  }
}

function limitsOf({ include, exclude, maxDepth, minDuration }: RunOptions): Limits {
  return {
    calls: [
      ...(minDuration === undefined ? [] : [`--min-duration ${duration(minDuration).replace(/ /g, '')}`]),
      ...(maxDepth === undefined ? [] : [`--max-depth ${maxDepth}`]),
    ],
    files: [
      ...include.map((glob) => `--include ${shellWord(glob)}`),
      ...exclude.map((glob) => `--exclude ${shellWord(glob)}`),
    ],
  }
}
