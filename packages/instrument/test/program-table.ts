import { readFileSync } from 'node:fs'

/**
 * A table of programs in plain text:
 *
 *     ### what the case shows
 *     --- program commonjs | module | typescript[, without trivial functions][, following promises]
 *     ...
 *     --- result
 *     JSON of what the program exports (module.exports, or the default export), once settled
 *     --- slices
 *     outer
 *       inner
 */
export interface ProgramCase {
  readonly title: string
  readonly kind: 'commonjs' | 'module' | 'typescript'
  readonly trivialFunctions: 'skip' | 'trace'
  readonly promiseCallbacks: 'leave' | 'follow'
  readonly program: string
  readonly result: string
  readonly slices: string
}

export function readProgramTable(path: URL): ProgramCase[] {
  return readFileSync(path, 'utf8')
    .split(/^### /m)
    .slice(1)
    .map((text) => {
      const [head = '', ...parts] = text.split(/^--- /m)
      const [program = '', result = '', slices = ''] = parts.map((part) => part.slice(part.indexOf('\n') + 1))
      return {
        title: head.trim(),
        kind: kindOf(parts[0] ?? ''),
        trivialFunctions: parts[0]?.includes(', without trivial functions\n') ? 'skip' : 'trace',
        promiseCallbacks: parts[0]?.includes(', following promises\n') ? 'follow' : 'leave',
        program: program.replace(/\n$/, ''),
        result: result.trim(),
        slices: slices.trimEnd(),
      }
    })
}

function kindOf(header: string): ProgramCase['kind'] {
  const kind = /^program (\w+)/.exec(header)?.[1]
  if (kind === 'commonjs' || kind === 'module' || kind === 'typescript') return kind
  throw new Error(`a case needs "--- program commonjs|module|typescript", not "--- ${header.split('\n')[0] ?? ''}"`)
}
