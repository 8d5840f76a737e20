import { factsOf } from '@tracer/call-tree'
import { counted } from '@tracer/text-format'
import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CliError } from '../cli-error.js'
import { isReadableName } from '../formats/input-format.js'
import { readTraceFile } from '../formats/read-trace.js'
import type { Io } from '../io.js'
import { printable } from '../text/cell.js'
import { RunSide } from './run-side.js'

/** The files of both sides. */
export interface SidesOfFiles {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

const EXAMPLE =
  'For example: tracer diff before.pftrace after.pftrace\nSeveral runs a side: tracer diff before-*.pftrace -- after-*.pftrace, or two folders'

/** Two files or folders, or any number on both sides of `--`. */
export function sidesOf(operands: readonly string[], afterDashes: readonly string[] | undefined): SidesOfFiles {
  if (afterDashes !== undefined) {
    if (operands.length > 0 && afterDashes.length > 0) return { before: operands, after: afterDashes }
    const side = operands.length === 0 ? 'before' : 'after'
    throw new CliError('WRONG_USAGE', `'tracer diff' needs a file ${side} '--' as well.`, EXAMPLE)
  }
  if (operands.length === 2) return { before: [operands[0]], after: [operands[1]] }
  const what =
    operands.length < 2
      ? 'needs <before> and <after>'
      : `cannot tell which of ${operands.length} files are <before> and which are <after>`
  throw new CliError('WRONG_USAGE', `'tracer diff' ${what}.`, EXAMPLE)
}

/** Reads the runs of one side, one after the other: no two traces are in memory at a time. */
export async function readSide(
  operands: readonly string[],
  { raw, serializer }: { readonly raw: boolean; readonly serializer: string | undefined },
  io: Io,
): Promise<RunSide> {
  const side = new RunSide()
  for (const operand of operands) {
    for (const file of await filesOf(operand, io.cwd)) {
      const { trace, warnings } = await readTraceFile(file, io.cwd, serializer)
      const { dropped, unrecordedCalls } = factsOf(trace)
      const lost =
        dropped > unrecordedCalls ? [`${counted(dropped, 'event')} were dropped: its calls are not exact.`] : []
      for (const text of [...warnings, ...lost]) io.stderr.write(`tracer: ${printable(`${file}: ${text}`)}\n`)
      side.add(file, trace, raw)
    }
  }
  return side
}

/** A file, or those of a folder that are called like a trace. */
async function filesOf(operand: string, cwd: string): Promise<string[]> {
  const found = await stat(resolve(cwd, operand)).catch(() => undefined)
  if (found?.isDirectory() !== true) return [operand]
  const names = await readdir(resolve(cwd, operand))
  const traces = names.filter(isReadableName).sort()
  if (traces.length > 0) return traces.map((name) => join(operand, name))
  throw new CliError('FILE_NOT_READABLE', `There is no trace in the folder '${operand}'.`, EXAMPLE)
}
