import { endLike } from './child.js'
import { CliError } from './cli-error.js'
import { parseCommandLine } from './command-line.js'
import {
  CACHE,
  COMBINE,
  COMMANDS,
  CONVERT,
  DIFF,
  FLAMEGRAPH,
  INFO,
  INSTRUMENT,
  RECOVER,
  REPORT,
  RUN,
  VIEW,
  type CommandSpec,
} from './commands.js'
import { runProgram } from './commands/run.js'
import { commandHelp, rootHelp, usage } from './help.js'
import type { Io, Outcome } from './io.js'
import type { OptionTable, OptionValues } from './options/option-spec.js'
import { printError } from './print-error.js'
import { version } from './version.js'

const DONE: Outcome = { exitCode: 0 }

/** The streams of this process. Node.js makes each when it is first asked for: not before the program runs. */
const OWN_STREAMS = {
  get stdout(): NodeJS.WriteStream {
    const { stdout } = process
    // A reader such as `head` that has seen enough is no error.
    if (stdout.listenerCount('error') === 0) stdout.on('error', exitAtClosedPipe)
    return stdout
  },
  get stderr(): NodeJS.WriteStream {
    const { stderr } = process
    // Nor is it one that nobody reads the summary.
    if (stderr.listenerCount('error') === 0) stderr.on('error', () => {})
    return stderr
  },
}

function exitAtClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
}

/** Runs the command line of this process, and ends as the program it ran ended. */
export async function start(): Promise<void> {
  const io: Io = Object.assign(OWN_STREAMS, { env: process.env, cwd: process.cwd() })
  endLike(await main(process.argv.slice(2), io))
}

/** Runs the command line `argv` (without node and script) and says how the process is to end. */
export async function main(argv: readonly string[], io: Io): Promise<Outcome> {
  try {
    return await dispatch(argv, io)
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    printError(error, io)
    return { exitCode: error.exitCode }
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<Outcome> {
  const [first, ...rest] = argv
  switch (first) {
    case '-h':
    case '--help':
    case 'help':
      return printHelp(rest[0], io)
    case '-v':
    case '-V':
    case '--version':
      io.stdout.write(`${version()}\n`)
      return DONE
    case 'run':
      return withOptions(RUN, rest, io, (options, operands) => runProgram(options, operands, io))
    case 'view':
      return withOptions(VIEW, rest, io, async (options, operands) => {
        const { viewTraces } = await import('./commands/view.js')
        return viewTraces(options, someOperands(VIEW, operands), io)
      })
    case 'report':
      return withOptions(REPORT, rest, io, async (options, operands) => {
        const { reportTrace } = await import('./commands/report.js')
        return reportTrace(options, oneOperand(REPORT, operands), io)
      })
    case 'diff':
      return withOptions(DIFF, untilDashes(rest).before, io, async (options, operands) => {
        const { sidesOf } = await import('./diff/read-sides.js')
        const { diffTraces } = await import('./commands/diff.js')
        return diffTraces(options, sidesOf(operands, untilDashes(rest).after), io)
      })
    case 'flamegraph':
      return withOptions(FLAMEGRAPH, rest, io, async (options, operands) => {
        const { drawFlamegraph } = await import('./commands/flamegraph.js')
        return drawFlamegraph(options, someOperands(FLAMEGRAPH, operands), io)
      })
    case 'convert':
      return withOptions(CONVERT, rest, io, async (options, operands) => {
        const { convertTrace } = await import('./commands/convert.js')
        return convertTrace(options, oneOperand(CONVERT, operands), io)
      })
    case 'combine':
      return withOptions(COMBINE, rest, io, async (options, operands) => {
        const { combineFiles } = await import('./commands/combine.js')
        return combineFiles(options, someOperands(COMBINE, operands), io)
      })
    case 'info':
      return withOptions(INFO, rest, io, async (options, operands) => {
        const { describeTrace } = await import('./commands/info.js')
        return describeTrace(options, oneOperand(INFO, operands), io)
      })
    case 'instrument':
      return withOptions(INSTRUMENT, rest, io, async (options, operands) => {
        const { printInstrumented } = await import('./commands/instrument.js')
        return printInstrumented(options, oneOperand(INSTRUMENT, operands), io)
      })
    case 'recover':
      return withOptions(RECOVER, rest, io, async (options, operands) => {
        const { recoverSession } = await import('./commands/recover.js')
        return recoverSession(options, oneOperand(RECOVER, operands), io)
      })
    case 'cache':
      return withOptions(CACHE, rest, io, async (_, operands) => {
        const { clearTransformCache } = await import('./commands/cache.js')
        return clearTransformCache(oneOperand(CACHE, operands), io)
      })
    default:
      return dispatch(['run', ...argv], io)
  }
}

async function withOptions<Table extends OptionTable>(
  spec: CommandSpec<Table>,
  argv: readonly string[],
  io: Io,
  act: (options: OptionValues<Table>, operands: readonly string[]) => Promise<Outcome>,
): Promise<Outcome> {
  const line = parseCommandLine(spec, argv)
  if (line.help) return printHelp(spec.name, io)
  return act(line.options, line.operands)
}

function printHelp(name: string | undefined, io: Io): Outcome {
  const spec = COMMANDS.find((command) => command.name === name)
  io.stdout.write(spec === undefined || spec.name === RUN.name ? rootHelp() : commandHelp(spec))
  return DONE
}

/** What stands before `--`, and what after it, if it is there. */
function untilDashes(argv: readonly string[]): { before: readonly string[]; after: readonly string[] | undefined } {
  const dashes = argv.indexOf('--')
  return dashes === -1
    ? { before: argv, after: undefined }
    : { before: argv.slice(0, dashes), after: argv.slice(dashes + 1) }
}

function oneOperand(spec: CommandSpec, operands: readonly string[]): string {
  if (operands.length === 1) return operands[0]
  const [wanted] = spec.operands
  const what = operands.length === 0 ? `needs ${wanted}` : `takes one ${wanted}, not ${operands.length}`
  throw new CliError('WRONG_USAGE', `'tracer ${spec.name}' ${what}.`, `Usage: ${usage(spec)}`)
}

function someOperands(spec: CommandSpec, operands: readonly string[]): readonly string[] {
  if (operands.length > 0) return operands
  throw new CliError('WRONG_USAGE', `'tracer ${spec.name}' needs ${spec.operands.join(' ')}.`, `Usage: ${usage(spec)}`)
}
