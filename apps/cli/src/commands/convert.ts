import { contentsOf } from '@tracer/call-tree'
import type { Trace } from '@tracer/core'
import { bytes, counted } from '@tracer/text-format'
import { CliError } from '../cli-error.js'
import { isLargePage, LARGE_PAGE } from '../formats/large-page.js'
import { prepareOutput } from '../formats/output-file.js'
import { readTraceFile } from '../formats/read-trace.js'
import { saveTrace } from '../formats/save-trace.js'
import { filtered } from '../formats/trace-filter.js'
import { writerFor } from '../formats/writer.js'
import { widthOf, type Io, type Outcome } from '../io.js'
import type { ConvertOptions } from '../options/convert-options.js'
import { printable } from '../text/cell.js'
import { labelledLines } from '../text/labelled.js'

/**
 * `tracer convert`: writes a trace in another format; says on stderr what was wrong with the input and
 * what the output cannot hold.
 * @throws CliError with code `WRONG_USAGE`, and what reading and writing throw.
 */
export async function convertTrace(options: ConvertOptions, file: string, io: Io): Promise<Outcome> {
  if (options.output === '') {
    throw new CliError(
      'WRONG_USAGE',
      "'tracer convert' needs an output.",
      `For example: tracer convert ${file} -o trace.json`,
    )
  }
  const writer = await writerFor(options, io.cwd)
  const output = prepareOutput(options.output, io.cwd)
  const { trace: whole, warnings, format, bytes: inputBytes } = await readTraceFile(file, io.cwd, options.from)
  const trace = filtered(whole, options)
  const serializer = await writer.load()
  const size = await saveTrace(trace, serializer, output, {
    signal: new AbortController().signal,
    recovery: 'Choose another place: -o <file>',
  })
  for (const warning of warnings) io.stderr.write(`tracer: ${printable(warning)}\n`)
  if (options.quiet) return { exitCode: 0 }
  const omitted = serializer.omits?.(trace) ?? []
  const lines = labelledLines(
    [
      { label: 'Read', texts: [`${file} (${format}, ${bytes(inputBytes)})`] },
      { label: 'Written', texts: [`${output.name} (${serializer.id}, ${bytes(size)})`] },
      ...(isLargePage(output.name, size) ? [{ label: 'Note', texts: [LARGE_PAGE] }] : []),
      ...(trace === whole ? [] : [{ label: 'Kept', texts: [keptText(trace, whole)] }]),
      ...(omitted.length === 0 ? [] : [{ label: 'Left out', texts: omitted.map(printable) }]),
    ],
    widthOf(io.stderr),
  )
  io.stderr.write(`${lines.join('\n')}\n`)
  return { exitCode: 0 }
}

function keptText(trace: Trace, whole: Trace): string {
  return `${counted(contentsOf(trace).slices, 'slice')} of ${counted(contentsOf(whole).slices, 'slice')}`
}
