import { combineTraces, type CombinedTrace } from '@tracer/combine'
import type { TraceSerializer } from '@tracer/core'
import { bytes } from '@tracer/text-format'
import { alignmentLabels } from '../combine/alignment-text.js'
import { labelsOf } from '../combine/labels.js'
import { readInputs, type InputFile } from '../combine/read-inputs.js'
import { scanInput } from '../combine/scan-input.js'
import { ScratchFolder } from '../combine/scratch-folder.js'
import { streamed } from '../combine/streamed.js'
import { CliError } from '../cli-error.js'
import { prepareOutput, type OutputFile } from '../formats/output-file.js'
import { readTraceFile, type TraceFile } from '../formats/read-trace.js'
import { saveTrace } from '../formats/save-trace.js'
import { writerFor } from '../formats/writer.js'
import { widthOf, type Io, type Outcome } from '../io.js'
import type { CombineOptions } from '../options/combine-options.js'
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
  const serializer = await writer.load()
  const isStreamed = options.serializer === undefined && STREAMED.test(options.output)
  const scratch = new ScratchFolder()
  try {
    if (!isStreamed) {
      const read = await readInputs(files, labels, (file) => readTraceFile(file, io.cwd, options.from), io)
      const combined = combineTraces(read.inputs, { method: options.align, marker: options.marker })
      return await save({ ...read, combined, serializer, output }, options, io)
    }
    const read = await readInputs(files, labels, (file) => scanInput(file, io.cwd, options.from, scratch), io)
    const combined = combineTraces(read.inputs, { method: options.align, marker: options.marker })
    return await save(
      { ...read, combined, serializer: streamed(serializer, read.inputs, combined), output },
      options,
      io,
    )
  } finally {
    scratch.remove()
  }
}

/** Combined without any file in memory as a whole. */
const STREAMED = /\.(pftrace|perfetto-trace)$/i

interface Combination {
  readonly inputs: readonly InputFile<TraceFile>[]
  readonly lost: number
  readonly combined: CombinedTrace
  readonly serializer: TraceSerializer
  readonly output: OutputFile
}

async function save(
  { inputs, lost, combined, serializer, output }: Combination,
  options: CombineOptions,
  io: Io,
): Promise<Outcome> {
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
