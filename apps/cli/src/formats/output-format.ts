import { CliError } from '../cli-error.js'
import { nearest } from '../nearest.js'
import { KNOWN_FORMATS, type Format } from './known-formats.js'

/**
 * The format of a file that is to be written, by the ending of its name; the longest one decides.
 * @throws CliError with code `UNKNOWN_FORMAT`, which names the endings there are.
 */
export function formatFor(file: string, formats: readonly Format[] = KNOWN_FORMATS): Format {
  const endings = formats
    .flatMap((format) => format.extensions.map((extension) => ({ format, extension })))
    .sort((a, b) => b.extension.length - a.extension.length)
  const found = endings.find(({ extension }) => file.toLowerCase().endsWith(extension))
  if (found !== undefined) return found.format
  const known = formats.flatMap(({ extensions }) => extensions)
  const meant = nearest(/\.[^./\\]+(?:\.gz|\.zst)?$/.exec(file)?.[0] ?? '', known)
  throw new CliError(
    'UNKNOWN_FORMAT',
    `No format is known for '${file}'.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    `The ending of the name chooses it; there is: ${known.join(' ')}\nA serializer of your own: --serializer <package or file>`,
  )
}
