/**
 * What the runner takes from the last line that `--summary json` prints.
 *
 * @typedef {object} Summary
 * @property {number} events
 * @property {number} bytes
 * @property {number} processes
 * @property {number} threads
 * @property {number} dropped
 * @property {readonly { file: string, reason: string, message: string }[]} modulesSkipped
 * @property {readonly string[]} warnings
 */

/**
 * Takes the summary off what the program itself printed.
 *
 * @param {string} stderr
 * @param {string} folder files below it are named from it
 * @returns {{ stderr: string, summary?: Summary }}
 */
export function splitSummary(stderr, folder) {
  const start = stderr.lastIndexOf('{"output":')
  if (start < 0) return { stderr }
  try {
    const summary = /** @type {Summary} */ (JSON.parse(stderr.slice(start).replaceAll(`${folder}/`, '')))
    return { stderr: stderr.slice(0, start), summary }
  } catch {
    return { stderr }
  }
}
