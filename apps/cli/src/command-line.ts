import { Command, CommanderError, Option } from 'commander'
import { CliError } from './cli-error.js'
import { RUN, type CommandSpec } from './commands.js'
import { nearest } from './nearest.js'
import type { OptionTable, OptionValues } from './options/option-spec.js'

/** What a command line says, or that it asks for help. */
export type CommandLine<Table extends OptionTable> =
  | { readonly help: true }
  | { readonly help: false; readonly options: OptionValues<Table>; readonly operands: readonly string[] }

/**
 * Reads the arguments of one command.
 * @throws CliError with code `WRONG_USAGE`, which names the nearest option.
 */
export function parseCommandLine<Table extends OptionTable>(
  spec: CommandSpec<Table>,
  argv: readonly string[],
): CommandLine<Table> {
  const command = commandFor(spec)
  try {
    command.parse(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.code === 'commander.helpDisplayed') return { help: true }
    throw usageError(spec, error)
  }
  // The command was built from this very table, whose `read` functions give the values their types.
  return { help: false, options: command.opts<OptionValues<Table>>(), operands: command.args }
}

function commandFor(spec: CommandSpec): Command {
  const command = new Command(spec.name)
    .argument('[operands...]')
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
  if (spec.endsOptions) command.passThroughOptions()
  for (const { flags, meaning, initial, read } of Object.values(spec.options)) {
    const option = new Option(flags, meaning).default(initial)
    if (read !== undefined) option.argParser((text, before) => read(text, option.long ?? flags, before))
    command.addOption(option)
  }
  return command
}

function usageError(spec: CommandSpec, error: CommanderError): CliError {
  const help = spec.name === RUN.name ? 'tracer --help' : `tracer ${spec.name} --help`
  const see = `See '${help}' for the options there are.`
  const unknown = /unknown option '([^'=]*)/.exec(error.message)?.[1]
  if (unknown !== undefined) return unknownOption(spec, unknown, see)
  const unfinished = /option '(?:-\w, )?(--[\w-]+) .*' argument missing/.exec(error.message)?.[1]
  if (unfinished !== undefined) return new CliError('WRONG_USAGE', `${unfinished} needs a value.`, see)
  return new CliError('WRONG_USAGE', error.message.replace(/^error: /, ''), see)
}

function unknownOption(spec: CommandSpec, unknown: string, see: string): CliError {
  const message = `There is no option ${unknown}.`
  const known = Object.values(spec.options).flatMap(({ flags }) => flags.match(/--[a-z-]+/g) ?? [])
  const meant = nearest(unknown, [...known, '--help', '--version'])
  if (meant !== undefined) return new CliError('WRONG_USAGE', `${message} Did you mean ${meant}?`, see)
  if (spec.endsOptions && process.allowedNodeEnvironmentFlags.has(unknown)) {
    return new CliError('WRONG_USAGE', message, `It is one of Node's own: tracer node ${unknown} <file>`)
  }
  return new CliError('WRONG_USAGE', message, see)
}
