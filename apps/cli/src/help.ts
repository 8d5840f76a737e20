import { COMMANDS, RUN, type CommandSpec } from './commands.js'
import type { OptionTable } from './options/option-spec.js'
import { labelledLines, type Labelled } from './text/labelled.js'

/** Width of help: what a terminal has at least. */
const HELP_COLUMNS = 80

/** Help of `tracer` itself: its commands, and the options of the one that needs no name. */
export function rootHelp(): string {
  return text([
    'Records every function call of a Node.js program, without a change to it.',
    '',
    `Usage: tracer [run] [options] ${RUN.operands.join(' ')}`,
    ...COMMANDS.filter((spec) => spec.name !== RUN.name).map((spec) => `       ${usage(spec)}`),
    '',
    ...section(
      'Commands',
      COMMANDS.map(({ name, meaning }) => entry(name, meaning)),
    ),
    ...section(
      'Options, which end at the file or command; what follows is for the program',
      optionEntries(RUN.options),
    ),
    ...section('Examples', exampleEntries(RUN)),
    'Options of a command: tracer <command> --help. The version: tracer --version.',
  ])
}

/** Help of one command. */
export function commandHelp(spec: CommandSpec): string {
  return text([
    `${spec.meaning[0].toUpperCase()}${spec.meaning.slice(1)}.`,
    '',
    `Usage: ${usage(spec)}`,
    '',
    ...section('Options', optionEntries(spec.options)),
    ...section('Examples', exampleEntries(spec)).slice(0, -1),
  ])
}

/** `tracer report [options] <file>`. */
export function usage({ name, options, operands }: CommandSpec): string {
  return ['tracer', name, ...(Object.keys(options).length > 0 ? ['[options]'] : []), ...operands].join(' ')
}

function optionEntries(options: OptionTable): Labelled[] {
  return [
    ...Object.values(options).map(({ flags, meaning, initialText }) =>
      entry(
        flags.startsWith('--') ? `    ${flags}` : flags,
        initialText === '' ? meaning : `${meaning} (default ${initialText})`,
      ),
    ),
    entry('-h, --help', 'print this'),
  ]
}

function exampleEntries(spec: CommandSpec): Labelled[] {
  return spec.examples.map(([command, meaning]) => entry(command, meaning))
}

function entry(label: string, meaning: string): Labelled {
  return { label, texts: [meaning] }
}

function section(heading: string, entries: readonly Labelled[]): string[] {
  return [`${heading}:`, ...labelledLines(entries, HELP_COLUMNS), '']
}

function text(lines: readonly string[]): string {
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}
