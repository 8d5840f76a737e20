import { basename } from 'node:path'
import { CliError } from '../cli-error.js'
import { KNOWN_FORMATS } from '../formats/known-formats.js'

/**
 * What to call each file: as `--label` says, else its name without its ending; a name that was taken gets a number.
 * @throws CliError with code `WRONG_USAGE` for a label of a file that is not there.
 */
export function labelsOf(files: readonly string[], given: readonly string[]): string[] {
  const named = new Map(
    given.map((text) => {
      const at = text.indexOf('=')
      return [text.slice(at + 1), text.slice(0, at)]
    }),
  )
  for (const file of named.keys()) {
    if (files.includes(file)) continue
    throw new CliError(
      'WRONG_USAGE',
      `--label names '${file}', which is none of the files.`,
      `The files are: ${files.join(' ')}`,
    )
  }
  const taken = new Set<string>()
  return files.map((file) => {
    const wanted = named.get(file) ?? shortName(file)
    let label = wanted
    for (let number = 2; taken.has(label); number++) label = `${wanted} ${number}`
    taken.add(label)
    return label
  })
}

function shortName(file: string): string {
  const name = basename(file)
  const unpacked = name.replace(/\.(gz|zst)$/i, '')
  const endings = KNOWN_FORMATS.flatMap(({ extensions }) => extensions).sort((a, b) => b.length - a.length)
  const ending = endings.find((known) => unpacked.toLowerCase().endsWith(known))
  const short = ending === undefined ? unpacked : unpacked.slice(0, -ending.length)
  return short === '' ? name : short
}
