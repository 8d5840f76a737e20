// `npm run layers`: packages use one another as scripts/lib/layer-rules.mjs allows, and nothing else.
// With --dot: the arrows as a Graphviz graph.
import { checkLayers, formatDot } from './lib/layers.mjs'

const { problems, arrows } = checkLayers()
if (process.argv.includes('--dot')) {
  console.log(formatDot(arrows))
} else {
  for (const problem of problems) console.error(problem)
  if (problems.length === 0) console.log(`${arrows.length} arrows between packages, all allowed.`)
}
process.exitCode = problems.length > 0 ? 1 : 0
