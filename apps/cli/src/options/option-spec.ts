import { readChoice, readList } from './option-values.js'

/** One option of a command: from these tables come parsing, `--help` and the tables of the README. */
export interface OptionSpec<Value> {
  /** As in `-o, --output <file>`; a flag without a value is a switch. */
  readonly flags: string
  readonly meaning: string
  readonly initial: Value
  /** The default as a person would write it; empty when it is what anyone expects. */
  readonly initialText: string
  /** Reads the value; `flag` is for messages, `before` is what earlier uses of the option gave. */
  read?(this: void, text: string, flag: string, before: Value): Value
}

/** The options of a command by the name under which their values are found. */
export type OptionTable = Readonly<Record<string, OptionSpec<unknown>>>

/** The values that a table's options have once the command line is read. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends OptionSpec<infer Value> ? Value : never
}

/** Every name in a table is the camel case of the long flag: that is where commander puts the value. */
export function option<Value>(spec: OptionSpec<Value>): OptionSpec<Value> {
  return spec
}

/** A switch that is off unless it is given. */
export function switchOption(flags: string, meaning: string): OptionSpec<boolean> {
  return { flags, meaning, initial: false, initialText: '' }
}

/** Any text. */
export function textOption(flags: string, meaning: string): OptionSpec<string | undefined> {
  return { flags, meaning, initial: undefined, initialText: '', read: (text) => text }
}

/** Texts with commas between them; it can be given again. */
export function listOption(flags: string, meaning: string): OptionSpec<readonly string[]> {
  return {
    flags,
    meaning,
    initial: [],
    initialText: '',
    read: (text, flag, before) => [...before, ...readList(text, flag)],
  }
}

/** One of a few words. */
export function choiceOption<Choice extends string>(
  flags: string,
  meaning: string,
  choices: readonly Choice[],
  initial: NoInfer<Choice>,
): OptionSpec<Choice> {
  return { flags, meaning, initial, initialText: initial, read: (text, flag) => readChoice(choices, text, flag) }
}
