import { describe, expect, it } from 'vitest'
import { CliError } from '../src/cli-error.js'
import { parseCommandLine } from '../src/command-line.js'
import { COMMANDS, REPORT, RUN } from '../src/commands.js'
import { commandHelp, rootHelp } from '../src/help.js'
import { textWidth } from '../src/text/cell.js'

/** Parses what follows `tracer`, split at spaces. */
function run(text: string): { readonly options: object; readonly operands: readonly string[] } {
  const line = parseCommandLine(
    RUN,
    text.split(' ').filter((word) => word !== ''),
  )
  if (line.help) throw new Error('help was asked for')
  return line
}

function messageOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof CliError) return `${error.message} | ${error.nextStep}`
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('what is the program’s and what is ours', () => {
  it.each<[line: string, options: object, operands: string[]]>([
    ['app.ts', {}, ['app.ts']],
    ['app.ts --help', {}, ['app.ts', '--help']],
    ['app.ts -o x --version', {}, ['app.ts', '-o', 'x', '--version']],
    ['-o x.json app.ts -o y', { output: 'x.json' }, ['app.ts', '-o', 'y']],
    ['--output=x.json app.ts', { output: 'x.json' }, ['app.ts']],
    ['-ox.json app.ts', { output: 'x.json' }, ['app.ts']],
    ['-- app.ts --help', {}, ['app.ts', '--help']],
    ['--quiet -- --odd-name', { quiet: true }, ['--odd-name']],
    ['app.ts -- --flag', {}, ['app.ts', '--', '--flag']],
    ['--include src/** app.ts', { include: ['src/**'] }, ['app.ts']],
    ['--include a,b --include {c,d}/* app.ts', { include: ['a', 'b', '{c,d}/*'] }, ['app.ts']],
    ['--exclude a --quiet app.ts', { exclude: ['a'], quiet: true }, ['app.ts']],
    ['--packages all app.ts', { packages: ['all'] }, ['app.ts']],
    ['--packages a,@b/c app.ts', { packages: ['a', '@b/c'] }, ['app.ts']],
    ['--max-depth 20 app.ts', { maxDepth: 20 }, ['app.ts']],
    ['--summary json app.ts', { summary: 'json' }, ['app.ts']],
    ['-e 1+1 a --b', { eval: '1+1' }, ['a', '--b']],
    ['npm test -- --watch', {}, ['npm', 'test', '--', '--watch']],
  ])('%s', (text, options, operands) => {
    const line = run(text)
    expect(line.options).toMatchObject(options)
    expect(line.operands).toEqual(operands)
  })

  it('options that are not given have their defaults', () => {
    expect(run('app.ts').options).toMatchObject({ output: 'trace.pftrace', quiet: false, summary: 'text', include: [] })
  })

  it('help is ours before the program only', () => {
    expect(parseCommandLine(RUN, ['--quiet', '--help', 'app.ts']).help).toBe(true)
  })
})

describe('lengths of time', () => {
  it.each([
    ['500ns', 500],
    ['10us', 10_000],
    ['10µs', 10_000],
    ['1.5ms', 1_500_000],
    ['2s', 2_000_000_000],
  ])('%s', (text, ns) => {
    expect(run(`--min-duration ${text} app.ts`).options).toMatchObject({ minDuration: ns })
  })
})

describe('what is wrong is named, with the next step', () => {
  it.each([
    [
      '--ouput x app.ts',
      "There is no option --ouput. Did you mean --output? | See 'tracer --help' for the options there are.",
    ],
    [
      '--sumary=json app.ts',
      "There is no option --sumary. Did you mean --summary? | See 'tracer --help' for the options there are.",
    ],
    ['--frobnicate app.ts', "There is no option --frobnicate. | See 'tracer --help' for the options there are."],
    ['--inspect app.ts', "There is no option --inspect. | It is one of Node's own: tracer node --inspect <file>"],
    ['-o', "--output needs a value. | See 'tracer --help' for the options there are."],
    ['--max-depth 0 app.ts', "--max-depth takes a whole number from 1, not '0'. | For example: --max-depth 20"],
    [
      '--min-duration 10 app.ts',
      "--min-duration takes a length of time with its unit (ns, us, ms or s), not '10'. | For example: --min-duration 10us",
    ],
    ['--summary xml app.ts', "--summary takes one of text, json, none, not 'xml'. | For example: --summary text"],
    ['--include , app.ts', "--include takes at least one entry, not ','. | For example: --include 'src/**'"],
  ])('%s', (text, message) => {
    expect(messageOf(() => run(text))).toBe(message)
  })

  it('each command knows its own options', () => {
    expect(messageOf(() => parseCommandLine(REPORT, ['--tpo', '3', 'trace.json']))).toBe(
      "There is no option --tpo. Did you mean --top? | See 'tracer report --help' for the options there are.",
    )
    expect(messageOf(() => parseCommandLine(REPORT, ['--min-percent', '101', 'trace.json']))).toMatch(
      /^--min-percent takes/,
    )
  })

  it('options of report may stand behind the file', () => {
    expect(parseCommandLine(REPORT, ['trace.json', '--top', '3'])).toMatchObject({
      options: { top: 3 },
      operands: ['trace.json'],
    })
  })
})

describe('help', () => {
  it.each([
    { name: 'tracer', help: rootHelp() },
    ...COMMANDS.map((spec) => ({ name: spec.name, help: commandHelp(spec) })),
  ])('of $name fits 80 columns', ({ help }) => {
    for (const line of help.split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(80)
  })

  it('of each command names all of its options', () => {
    for (const spec of COMMANDS) {
      for (const { flags } of Object.values(spec.options)) expect(commandHelp(spec)).toContain(flags)
    }
  })

  it('names in the tables are those under which commander puts the values', () => {
    for (const spec of COMMANDS) {
      for (const [name, { flags }] of Object.entries(spec.options)) {
        const long = /--(?:no-)?([a-z-]+)/.exec(flags)?.[1] ?? ''
        expect(name).toBe(long.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()))
      }
    }
  })
})
