import { CliError } from './cli-error.js'
import { widthOf, type Io } from './io.js'
import type { SummaryKind } from './options/summary-options.js'
import type { OutputFile } from './formats/output-file.js'
import type { Writer } from './formats/writer.js'
import type { LivingProcess } from '@tracer/spool'
import { removeSessionFolder } from './session-folder.js'
import type { Limits, RunResult } from './summary/run-result.js'
import { shellWord } from './text/shell-word.js'
import { version } from './version.js'

/** Signals that end a save; the recording is kept. */
const INTERRUPTING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What to save, where to, and how to tell about it. */
export interface SaveRequest {
  /** The session folder; removed once its trace is saved. */
  readonly folder: string
  readonly writer: Writer
  readonly output: OutputFile
  readonly summary: SummaryKind
  readonly limits: Limits
  /** Recorded processes that run on. */
  readonly living?: readonly LivingProcess[]
}

/**
 * Turns a session folder into a trace file and prints the summary.
 * @throws CliError with code `SAVE_FAILED`, which says how to try again; the folder is kept.
 */
export async function saveSession(request: SaveRequest, io: Io): Promise<void> {
  const { folder, writer, output, summary, limits, living = [] } = request
  const recovery = `The recording is kept in ${folder}. To save it: tracer recover ${shellWord(folder)} -o <file>`
  const interruption = new AbortController()
  const interrupt = (): void => {
    interruption.abort()
  }
  for (const signal of INTERRUPTING_SIGNALS) process.on(signal, interrupt)
  try {
    const [{ readSession }, { saveTrace }, serializer] = await Promise.all([
      import('@tracer/spool'),
      import('./formats/save-trace.js'),
      writer.load(),
    ])
    const read = await readSession(folder, `tracer ${version()}`)
    const session = { ...read, warnings: [...read.warnings, ...living.map(runsOn)] }
    const bytes = await saveTrace(session.trace, serializer, output, { signal: interruption.signal, recovery })
    removeSessionFolder(folder)
    await printSummary(summary, { session, output: output.name, bytes, limits }, io)
  } catch (error) {
    if (error instanceof CliError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError('SAVE_FAILED', `The recording could not be read: ${reason}.`, recovery, { cause: error })
  } finally {
    for (const signal of INTERRUPTING_SIGNALS) process.off(signal, interrupt)
  }
}

/** Loads what saving needs while the program runs, so that nobody waits for it afterwards. */
export async function warmUp(writer: Writer, summary: SummaryKind): Promise<void> {
  await Promise.allSettled([
    import('@tracer/spool'),
    import('./formats/save-trace.js'),
    writer.load(),
    summary === 'text' ? import('./summary/summary-text.js') : undefined,
  ])
}

async function printSummary(kind: SummaryKind, result: RunResult, io: Io): Promise<void> {
  switch (kind) {
    case 'none':
      return
    case 'json': {
      const { jsonSummary } = await import('./summary/summary-json.js')
      io.stderr.write(`${JSON.stringify(jsonSummary(result))}\n`)
      return
    }
    case 'text': {
      const [{ summaryLines }, { styleFor }] = await Promise.all([
        import('./summary/summary-text.js'),
        import('./text/style.js'),
      ])
      const layout = { width: widthOf(io.stderr), cwd: io.cwd }
      io.stderr.write(`${summaryLines(result, layout, styleFor(io.stderr, io.env)).join('\n')}\n`)
    }
  }
}

function runsOn({ pid, name }: LivingProcess): string {
  return `process ${pid} (${name}) runs on: what it does from now on is not recorded`
}
