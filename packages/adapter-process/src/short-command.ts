import { basename } from 'node:path'
import { commandName, isNode, STARTERS } from './commands.js'

/** What a person would call a process that is started so, in a few words: `node child.js`, `npm run build`, `sh -c …`. */
export function shortCommand(file: string, args: readonly string[]): string {
  const name = commandName(file)
  const words = args.slice(1)
  if (isNode(file)) return shortProgram(words) ?? name
  if (name in SUBCOMMANDS) return withSubcommand(name, words)
  if (STARTERS.has(name)) return shortened([name, ...words.slice(0, SHELL_WORDS)].join(' '))
  return name
}

/** The same of a Node.js that runs: `child.js`, `npm run build`, `node -e`. */
export function programName(execArgv: readonly string[], argv: readonly string[]): string {
  const short = shortProgram([...execArgv, ...argv.slice(1)]) ?? 'node'
  return short.replace(/^node (?!-)/, '')
}

/** Undefined when no program is named. */
function shortProgram(words: readonly string[]): string | undefined {
  let at = 0
  for (; at < words.length && words[at].startsWith('-') && words[at] !== '-'; at++) {
    if (RUNS_TEXT.test(words[at])) return `node ${words[at]}`
    if (TAKES_VALUE.has(words[at])) at++
  }
  if (at >= words.length) return undefined
  const script = basename(words[at])
  const manager = /^(npm|npx|pnpm|pnpx|yarn)(?:(?:-cli)?\.c?js)?$/.exec(script)?.[1]
  return manager === undefined ? shortened(`node ${script}`) : withSubcommand(manager, words.slice(at + 1))
}

/** `npm run build` of `npm run --silent build -- --fast`. */
function withSubcommand(manager: string, words: readonly string[]): string {
  const named = words.filter((word) => !word.startsWith('-'))
  const isRunning = SUBCOMMANDS[manager].includes(named[0])
  return shortened([manager, ...named.slice(0, isRunning ? 2 : 1)].join(' '))
}

/** Which words of package managers are followed by the name of a script or a command. */
const SUBCOMMANDS: Readonly<Record<string, readonly string[]>> = {
  npm: ['run', 'run-script', 'exec', 'x'],
  npx: [],
  pnpm: ['run', 'exec', 'dlx'],
  pnpx: [],
  yarn: ['run', 'exec', 'dlx'],
}

const RUNS_TEXT = /^(?:-e|-p|-pe|--eval|--print)$/
/** Options of Node.js whose value is a word of its own. */
const TAKES_VALUE = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader', '-C', '--conditions'])

/** `-c` and the text. */
const SHELL_WORDS = 2
const MOST_CHARACTERS = 40

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1)}…`
}
