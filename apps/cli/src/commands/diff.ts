import { once } from 'node:events'
import { changeJson } from '../diff/change-json.js'
import { changeLines } from '../diff/change-lines.js'
import type { DiffOptions } from '../options/diff-options.js'
import { brokenRules } from '../diff/broken-rules.js'
import { compareRuns } from '../diff/function-changes.js'
import { readSide, type SidesOfFiles } from '../diff/read-sides.js'
import { widthOf, type Io, type Outcome } from '../io.js'
import { styleFor } from '../text/style.js'

/** Exit code when what was found is what `--fail-on` names. */
const EXIT_FAILED = 1

/** `tracer diff`: what the functions of some runs do otherwise than those of others, on stdout. */
export async function diffTraces(options: DiffOptions, sides: SidesOfFiles, io: Io): Promise<Outcome> {
  const before = await readSide(sides.before, options, io)
  const after = await readSide(sides.after, options, io)
  const comparison = compareRuns(before, after, options.scale)
  const failures = brokenRules(comparison, options.failOn)
  const layout = { top: options.top, all: options.all, width: widthOf(io.stdout), cwd: io.cwd }
  const text = options.json
    ? JSON.stringify(changeJson(comparison, failures))
    : changeLines(comparison, layout, styleFor(io.stdout, io.env)).join('\n')
  if (!io.stdout.write(`${text}\n`)) await once(io.stdout, 'drain')
  for (const failure of failures) io.stderr.write(`tracer: --fail-on: ${failure}\n`)
  return { exitCode: failures.length === 0 ? 0 : EXIT_FAILED }
}
