import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CliError } from '../cli-error.js'
import { formatOfFile } from '../formats/file-format.js'
import { readableFormats } from '../formats/input-format.js'
import { sizeOf } from '../formats/read-trace.js'
import type { Io, Outcome } from '../io.js'
import type { ViewOptions } from '../options/view-options.js'
import { shellWord } from '../text/shell-word.js'
import { browserCommand, openBrowser } from '../view/browser.js'
import { pageFiles, viewerFolder } from '../view/page-files.js'
import { ViewServer } from '../view/server.js'
import { sharedFiles, sharedFolder, type Shared } from '../view/shared-files.js'
import { Sources } from '../view/sources.js'

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * `tracer view`: serves the page and what it is to show until Ctrl-C, or with `--once` until it was loaded. The
 * address stands on stdout, everything else on stderr.
 * @throws CliError with code `FILE_NOT_READABLE`, `NOT_A_TRACE`, `PORT_NOT_FREE`, `PAGE_NOT_FOUND`, `WRONG_USAGE`.
 */
export async function viewTraces(options: ViewOptions, operands: readonly string[], io: Io): Promise<Outcome> {
  const shared = await share(operands, io.cwd)
  const sources = await sourcesIn(options.source, io.cwd)
  const page = await pageFiles(viewerFolder())
  const server = await ViewServer.start({ shared, sources, page }, options.port)
  const ended = new Promise<void>((settle) => {
    for (const signal of ENDING_SIGNALS) process.once(signal, () => settle())
  })
  io.stderr.write(`Serving ${operands.join(', ')} to this machine alone, until Ctrl-C:\n`)
  io.stdout.write(`${server.address}\n`)
  if (options.open) void open(server, io)
  await Promise.race(options.once ? [ended, server.loaded] : [ended])
  await server.close()
  return { exitCode: 0 }
}

async function share(operands: readonly string[], cwd: string): Promise<Shared> {
  const paths = operands.map((operand) => resolve(cwd, operand))
  const found = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)))
  const folder = found.findIndex((entry) => entry?.isDirectory() === true)
  if (folder === -1) {
    for (const [index, path] of paths.entries()) await checkTrace(path, operands[index])
    return sharedFiles(paths)
  }
  if (operands.length === 1) return sharedFolder(paths[0])
  throw new CliError(
    'WRONG_USAGE',
    `'${operands[folder]}' is a folder, and stands beside others.`,
    'Name one folder, whose list lets you choose, or files alone.',
  )
}

/** So that a wrong name is told here, and not by a page that cannot load it. */
async function checkTrace(path: string, file: string): Promise<void> {
  await sizeOf(path, file)
  if (!(await stat(path)).isFile()) {
    throw new CliError(
      'FILE_NOT_READABLE',
      `'${file}' is a pipe or a device, which cannot be read twice.`,
      'Save it to a file first.',
    )
  }
  const format = await formatOfFile(path).catch(() => undefined)
  if (format !== undefined) return
  throw new CliError(
    'NOT_A_TRACE',
    `'${file}' is not a trace.`,
    [
      `What can be shown: ${readableFormats()}.`,
      `With a serializer of your own: tracer convert --from <package or file> ${shellWord(file)} -o trace.pftrace`,
    ].join('\n'),
  )
}

async function sourcesIn(folders: readonly string[], cwd: string): Promise<Sources> {
  try {
    return await Sources.of(folders.map((folder) => resolve(cwd, folder)))
  } catch (error) {
    throw new CliError(
      'FILE_NOT_READABLE',
      `The sources cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Name the folder that they lie in: --source .',
      { cause: error },
    )
  }
}

async function open(server: ViewServer, io: Io): Promise<void> {
  const command = browserCommand(server.addressForOnce(), process.platform, io.env)
  if (command !== undefined && (await openBrowser(command, io.env))) return
  const elsewhere =
    (io.env['SSH_CONNECTION'] ?? '') === ''
      ? ''
      : ` From your own machine: ssh -L ${server.port}:127.0.0.1:${server.port} <this machine>, then the same address.`
  io.stderr.write(`No browser could be opened: open the address yourself.${elsewhere}\n`)
}
