import type { TraceSerializer } from '@tracer/core'
import { CliError } from '../cli-error.js'
import { nearest } from '../nearest.js'
import { KNOWN_FORMATS, type Format, type FormatOptions } from './known-formats.js'

/** What can be put behind the ending of a format, and packs its files. */
const PACKINGS = ['.gz', '.zst'] as const
type Packing = (typeof PACKINGS)[number]

/** How to write a file, by its name. */
export interface OutputFormat {
  load(options: FormatOptions): Promise<TraceSerializer>
}

/**
 * The format of a file that is to be written, by the ending of its name; the longest one decides.
 * @throws CliError with code `UNKNOWN_FORMAT`, which names the endings there are.
 */
export function formatFor(file: string): OutputFormat {
  const name = file.toLowerCase()
  const plain = formatOf(name)
  if (plain !== undefined) return plain
  const packing = PACKINGS.find((suffix) => name.endsWith(suffix))
  const format = packing === undefined ? undefined : formatOf(name.slice(0, -packing.length))
  if (packing === undefined || format === undefined) throw unknownFormat(file)
  if (packing === '.zst') assertHasZstd(file)
  return { load: async (options) => packed(await format.load(options), packing) }
}

function formatOf(name: string): Format | undefined {
  const endings = KNOWN_FORMATS.flatMap((format) => format.extensions.map((extension) => ({ format, extension })))
  endings.sort((a, b) => b.extension.length - a.extension.length)
  return endings.find(({ extension }) => name.endsWith(extension))?.format
}

async function packed(serializer: TraceSerializer, packing: Packing): Promise<TraceSerializer> {
  const { gzip, zstd } = await import('@tracer/serializer-gzip')
  return packing === '.gz' ? gzip(serializer) : zstd(serializer)
}

/** Before the program runs: after it, there would be no place for its trace. */
function assertHasZstd(file: string): void {
  if ('zstd' in process.versions) return
  throw new CliError(
    'UNKNOWN_FORMAT',
    `'${file}' cannot be written: Node.js ${process.version} has no zstd.`,
    'It came with 22.15 and 23.8. Take .gz.',
  )
}

function unknownFormat(file: string): CliError {
  const known = KNOWN_FORMATS.flatMap(({ extensions }) => extensions)
  const meant = nearest(/\.[^./\\]+$/.exec(file)?.[0] ?? '', known)
  return new CliError(
    'UNKNOWN_FORMAT',
    `No format is known for '${file}'.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    [
      `The ending of the name chooses it; there is: ${known.join(' ')}`,
      'each also with .gz or .zst; and a serializer of your own: --serializer <package or file>',
    ].join('\n'),
  )
}
