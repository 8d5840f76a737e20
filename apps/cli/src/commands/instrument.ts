import { counted } from '@tracer/text-format'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CliError } from '../cli-error.js'
import type { Io, Outcome } from '../io.js'
import type { InstrumentOptions } from '../options/instrument-options.js'

/**
 * `tracer instrument`: the text that would run in place of a file, on stdout, and a remark about
 * it on stderr.
 * @throws CliError with code `FILE_NOT_READABLE`.
 */
export async function printInstrumented({ exact }: InstrumentOptions, name: string, io: Io): Promise<Outcome> {
  const { instrumentFile } = await import('@tracer/loader/instrument-file')
  const file = resolve(io.cwd, name)
  const { code, functions, skipped } = instrumentFile(file, readText(file, name), exact)
  io.stdout.write(code)
  const remark =
    skipped === undefined ? `${counted(functions, 'function')} instrumented.` : `'${name}' runs as it is: ${skipped}`
  io.stderr.write(`tracer: ${remark}\n`)
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
