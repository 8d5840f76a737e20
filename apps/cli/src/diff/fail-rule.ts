import { CliError } from '../cli-error.js'

const KINDS = ['calls', 'new', 'gone', 'time', 'self'] as const

/** What `--fail-on` fails on. */
export interface FailRule {
  readonly kind: (typeof KINDS)[number]
  /** What may be added before it fails, as a share. */
  readonly tolerance: number
}

/** Reads `calls`, `time:10%`; several with commas between. */
export function readFailRules(text: string, flag: string): FailRule[] {
  return text.split(',').map((part) => {
    const [, name, percent] = /^\s*([a-z]+)(?::(\d+(?:\.\d+)?)%?)?\s*$/.exec(part) ?? []
    const kind = KINDS.find((known) => known === name)
    const takesPercent = kind !== 'new' && kind !== 'gone'
    if (kind === undefined || (percent !== undefined && !takesPercent)) {
      throw new CliError(
        'WRONG_USAGE',
        `${flag} takes calls, new, gone, time or self, the first and the last two also with a percentage, not '${text}'.`,
        `For example: ${flag} calls,new,time:10%`,
      )
    }
    return { kind, tolerance: Number(percent ?? 0) / 100 }
  })
}
