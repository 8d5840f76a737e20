import { SiteTable } from '@tracer/core'
import { instrument, languageOf, type ModuleFormat } from '@tracer/instrument'
import { readFileSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { CliError } from '../cli-error.js'
import type { Io, Outcome } from '../io.js'
import { counted } from '../text/numbers.js'

/** What probes are called here; the recorder of a run gives names of its own. */
const PROBE_MODULE = '@tracer/probes'
const PROBE_GLOBAL = '__tracer_probes__'

/**
 * `tracer instrument`: the text that would run in place of a file, on stdout, and a remark about
 * it on stderr.
 * @throws CliError with code `FILE_NOT_READABLE`.
 */
export function printInstrumented(name: string, io: Io): Outcome {
  const file = resolve(io.cwd, name)
  const code = readText(file, name)
  const result = instrument(code, {
    file,
    format: formatOf(file),
    firstSiteId: new SiteTable().add({ kind: 'module', name: basename(file), file, line: 1, column: 1 }),
    probeModule: PROBE_MODULE,
    probeGlobal: PROBE_GLOBAL,
  })
  if ('skipped' in result) {
    io.stdout.write(code)
    io.stderr.write(`tracer: '${name}' runs as it is: ${result.message}\n`)
    return { exitCode: 0 }
  }
  io.stdout.write(result.code)
  const functions = result.sites.filter((site) => site.kind === 'function').length
  const types = languageOf(file).startsWith('ts') ? ' What TypeScript adds is taken out before it runs.' : ''
  io.stderr.write(`tracer: ${counted(functions, 'function')} instrumented.${types}\n`)
  return { exitCode: 0 }
}

function readText(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new CliError(
      'FILE_NOT_READABLE',
      `'${name}' cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      'Usage: tracer instrument <file>',
      { cause: error },
    )
  }
}

/** What Node takes a file for, by its extension or its package; else its text decides. */
function formatOf(file: string): ModuleFormat {
  const extension = extname(file)
  if (extension === '.mjs' || extension === '.mts') return 'module'
  if (extension === '.cjs' || extension === '.cts') return 'commonjs'
  const type = packageType(dirname(file))
  return type === 'module' || type === 'commonjs' ? type : 'unknown'
}

function packageType(folder: string): unknown {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'))
      return typeof manifest === 'object' && manifest !== null && 'type' in manifest ? manifest.type : undefined
    } catch {
      if (at === dirname(at)) return undefined
    }
  }
}
