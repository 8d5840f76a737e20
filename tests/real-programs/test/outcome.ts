import { type Outcome } from '../lib/comparison.mjs'

/** A run that ended well and did nothing, but for `parts`. */
export function outcome(
  parts: Partial<Omit<Outcome, 'files'>> & { readonly files?: Readonly<Record<string, string | Buffer>> },
): Outcome {
  const files = new Map(Object.entries(parts.files ?? {}).map(([path, content]) => [path, Buffer.from(content)]))
  return { ending: 'exit 0', stdout: '', stderr: '', durationMs: 1, ...parts, files }
}
