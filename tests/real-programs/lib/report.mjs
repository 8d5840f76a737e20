/** @typedef {import('./job-result.mjs').JobResult} JobResult */

/**
 * One job for the terminal.
 *
 * @param {JobResult} result
 */
export function formatResult(result) {
  const { name, bareMs, tracedMs, events, processes, threads } = result
  const measured =
    bareMs === undefined || tracedMs === undefined
      ? ''
      : `  ${events?.toLocaleString('en')} events, ${processes} processes, ${threads} threads, ${bareMs} -> ${tracedMs} ms (${(tracedMs / bareMs).toFixed(1)}x)`
  return [
    `${result.result.padEnd(15)} ${name.padEnd(20)}${measured}`,
    ...(result.reason ? [indent(result.reason)] : []),
    ...result.differences.map(({ what, difference }) => indent(`${what}: ${difference}`)),
    ...result.modulesSkipped.map(({ file, reason, message }) => indent(`skipped ${file}: ${reason}, ${message}`)),
    ...result.warnings.map((warning) => indent(`warning: ${warning}`)),
  ].join('\n')
}

/**
 * @param {readonly JobResult[]} results
 */
export function countResults(results) {
  /** @type {(kind: JobResult['result']) => number} */
  const count = (kind) => results.filter(({ result }) => result === kind).length
  return {
    jobs: results.length,
    same: count('same'),
    different: count('different'),
    cannotRunHere: count('cannot run here'),
  }
}

/** @param {string} text */
function indent(text) {
  return text.replace(/^/gm, '    ')
}
