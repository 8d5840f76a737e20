// Compiles src/*.c to build/clock-native.node, or to the file that is named. The clock is optional: where it
// cannot be compiled, one line says why, and the exit code is 0.
import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = join(import.meta.dirname, '..')
const SOURCES = ['clock.c', 'collections.c'].map((name) => join(FOLDER, 'src', name))
const output = resolve(process.argv[2] ?? join(FOLDER, 'build', 'clock-native.node'))

const failure = build()
if (failure !== undefined) {
  // An older one would be taken for what the source says now.
  rmSync(output, { force: true })
  console.log(`@tracer/clock-native: not compiled, the portable clock is used instead: ${failure}`)
}

/** @returns {string | undefined} why there is no addon */
function build() {
  if (process.platform === 'win32') return 'there is none for Windows.'
  const compiler = findCompiler()
  if (!compiler) return `found no C compiler; install one, or name it in CC, and run node ${process.argv[1]}`

  // Renamed when it is whole: programs that run may have the old file open.
  const partial = `${output}.${process.pid}`
  try {
    mkdirSync(dirname(output), { recursive: true })
    const { status, stderr } = run(compiler, [...flags(), ...SOURCES, '-o', partial])
    if (status !== 0) return `${compiler.join(' ')} failed: ${firstLine(stderr)}`
    renameSync(partial, output)
    return undefined
  } catch (error) {
    return firstLine(String(error))
  } finally {
    rmSync(partial, { force: true })
  }
}

/** The words of the first command that is there: `ccache gcc` is one, too. */
function findCompiler() {
  const named = process.env['CC']
  const commands = named ? [named] : ['cc', 'gcc', 'clang']
  return commands.map(words).find((command) => run(command, ['--version']).status === 0)
}

function flags() {
  const headers = join(dirname(fileURLToPath(import.meta.resolve('node-api-headers'))), 'include')
  // What Node exports is found when it loads the addon.
  const shared = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared', '-fPIC']
  const own = words(process.env['CFLAGS'] ?? '')
  return ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-fvisibility=hidden', ...shared, `-I${headers}`, ...own]
}

/**
 * @param {readonly string[]} command
 * @param {readonly string[]} args
 */
function run([file, ...first], args) {
  return spawnSync(file, [...first, ...args], { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] })
}

/** @param {string} text */
function words(text) {
  return text.split(/\s+/).filter((word) => word !== '')
}

/** @param {string | null} text */
function firstLine(text) {
  return text?.split('\n', 1)[0] ?? 'it could not be started.'
}
