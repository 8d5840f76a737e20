import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from './temp-folder.js'
import { tracer } from './tracer-process.js'

const APP = "require('fs').writeFileSync('was-run', '')\n"

describe('wrong usage ends with 2, runs nothing, and says what to do', () => {
  const cases: Record<string, { args: string[]; stderr: string }> = {
    'no command': {
      args: [],
      stderr:
        "tracer: There is nothing to run.\nName a file or a command, such as: tracer app.js\nSee 'tracer --help' for what else there is.\n",
    },
    'a file that is not there': {
      args: ['ap.js'],
      stderr:
        "tracer: There is no file 'ap.js', and no command of that name in node_modules/.bin or on PATH. Did you mean app.js?\nUsage: tracer [options] <file | bin | command> [args...]\n",
    },
    'an unknown option': {
      args: ['--ouput', 'x.json', 'app.js'],
      stderr:
        "tracer: There is no option --ouput. Did you mean --output?\nSee 'tracer --help' for the options there are.\n",
    },
    'an unknown format': {
      args: ['-o', 'trace.xml', 'app.js'],
      stderr:
        "tracer: No format is known for 'trace.xml'.\nThe ending of the name chooses it; there is: .pftrace .perfetto-trace .speedscope.json .cpuprofile .firefox.json .pb.gz .pprof .html .htm .json .collapsedstack.txt .collapsed .folded\neach also with .gz or .zst; and a serializer of your own: --serializer <package or file>\n",
    },
    'an output that cannot be written': {
      args: ['-o', 'app.js/trace.json', 'app.js'],
      stderr:
        "tracer: The output 'app.js/trace.json' cannot be written: a part of its path is a file, not a folder (EEXIST). Nothing was run.\nChoose another place: -o <file>\n",
    },
    'a budget of nothing': {
      args: ['--overhead', '0', 'app.js'],
      stderr:
        "tracer: --overhead takes a number above 0 and up to 100, not '0'.\nFor example: --overhead 5\nWithout any, there is no recording.\n",
    },
    'a budget beyond the program': {
      args: ['--overhead', '900', 'app.js'],
      stderr:
        "tracer: --overhead takes a number above 0 and up to 100, not '900'.\nFor example: --overhead 5\n--exact records everything, whatever it costs.\n",
    },
    'learning without a budget': {
      args: ['--learn', '--exact', 'app.js'],
      stderr: 'tracer: --learn keeps what the budget decides, and with --exact there is none.\nTake one of them.\n',
    },
    'an unknown clock': {
      args: ['--clock', 'sundial', 'app.js'],
      stderr: "tracer: --clock takes one of auto, native, portable, tick, not 'sundial'.\nFor example: --clock auto\n",
    },
    'a report of nothing': {
      args: ['report'],
      stderr: "tracer: 'tracer report' needs <file>.\nUsage: tracer report [options] <file>\n",
    },
    'a report of a file that is not there': {
      args: ['report', 'trace.json'],
      stderr:
        "tracer: There is no file 'trace.json'.\nA trace is made by 'tracer -o trace.json <file>', which also runs the program.\n",
    },
    'a report of a folder': {
      args: ['report', '.'],
      stderr:
        "tracer: '.' is a folder, not a trace file.\nIf it is the recording of a run whose saving failed: tracer recover .\n",
    },
    'a recording that is none': {
      args: ['recover', '.'],
      stderr:
        "tracer: '.' holds no recording.\nA failed save names the folder: tracer-XXXXXX in the folder for temporary files.\n",
    },
  }

  it.each(Object.entries(cases))('%s', async (_, { args, stderr }) => {
    const cwd = tempFolder({ 'app.js': APP })
    expect(await tracer(args, { cwd })).toEqual({ exitCode: 2, signal: null, stdout: '', stderr })
    expect(readdirSync(cwd)).toEqual(['app.js'])
  })
})

it('help and version go to stdout', async () => {
  const cwd = tempFolder()
  expect(await tracer(['--help'], { cwd })).toMatchObject({
    exitCode: 0,
    stderr: '',
    stdout: expect.stringContaining('Usage: tracer [run]'),
  })
  expect(await tracer(['report', '--help'], { cwd })).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('--top <n>'),
  })
  expect(await tracer(['help', 'recover'], { cwd })).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('<folder>'),
  })
  expect(await tracer(['--version'], { cwd })).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/),
  })
})

it('a command that is not built says how to build it', () => {
  const bin = readFileSync(new URL('../bin/tracer.js', import.meta.url), 'utf8')
  const cwd = tempFolder({ 'bin/tracer.js': bin, 'package.json': '{"type":"module"}' })
  const { status, stderr } = spawnSync(process.execPath, [join(cwd, 'bin/tracer.js'), 'app.js'], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toBe(
    'tracer: The command is not built yet.\nIn a clone of the repository: npm run setup && npm run build\n',
  )
})
