import { combineTraces } from '@tracer/combine'
import { bytes } from '@tracer/text-format'
import { alignmentLabels } from '../combine/alignment-text.js'
import { labelsOf } from '../combine/labels.js'
import { readInputs } from '../combine/read-inputs.js'
import { CliError } from '../cli-error.js'
import { prepareOutput } from '../formats/output-file.js'
import { saveTrace } from '../formats/save-trace.js'
import { writerFor } from '../formats/writer.js'
import { widthOf, type Io, type Outcome } from '../io.js'
import type { CombineOptions } from '../options.js'
import { printable } from '../text/cell.js'
import { labelledLines } from '../text/labelled.js'

/**
 * `tracer combine`: one trace of several, on one time axis. A file that is no trace is left out, which is
 * said and shows in the exit code; what else was wrong with a file is said.
 * @throws CliError with code `WRONG_USAGE`, and what reading and writing throw.
 */
export async function combineFiles(options: CombineOptions, files: readonly string[], io: Io): Promise<Outcome> {
  if (options.output === '') {
    throw new CliError(
      'WRONG_USAGE',
      "'tracer combine' needs an output.",
      `For example: tracer combine ${files.join(' ')} -o all.pftrace`,
    )
  }
  const labels = labelsOf(files, options.label)
  const writer = await writerFor(options, io.cwd)
  const output = prepareOutput(options.output, io.cwd)
  const { inputs, lost } = await readInputs(files, labels, options.from, io)
  const combined = combineTraces(inputs, { method: options.align, marker: options.marker })
  const serializer = await writer.load()
  const size = await saveTrace(combined.trace, serializer, output, {
    signal: new AbortController().signal,
    recovery: 'Choose another place: -o <file>',
  })
  const exitCode = lost === 0 ? 0 : 1
  if (options.quiet) return { exitCode }
  const omitted = serializer.omits?.(combined.trace) ?? []
  const lines = labelledLines(
    [
      {
        label: 'Read',
        texts: inputs.map((input) => printable(`${input.file} (${input.format}, ${bytes(input.bytes)})`)),
      },
      ...alignmentLabels(
        inputs.map(({ label }) => label),
        combined,
        options.marker,
      ),
      { label: 'Written', texts: [`${output.name} (${serializer.id}, ${bytes(size)})`] },
      ...(omitted.length === 0 ? [] : [{ label: 'Left out', texts: omitted.map(printable) }]),
    ],
    widthOf(io.stderr),
  )
  io.stderr.write(`${lines.join('\n')}\n`)
  return { exitCode }
}
