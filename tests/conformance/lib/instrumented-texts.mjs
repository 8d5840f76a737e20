import { instrument } from '@tracer/instrument'

/** Property of the global object where instrumented scripts find their probes. */
export const PROBE_GLOBAL = '__conformance_probes__'
/** What instrumented modules import their probes from. */
export const PROBE_MODULE = 'conformance:probes'

/** @typedef {import('@tracer/instrument').InstrumentOptions} InstrumentOptions */
/** @typedef {import('@tracer/instrument').Instrumented} Instrumented */

/**
 * The text of a file as it runs; `skipped` says why it is not instrumented.
 *
 * @typedef {object} SourceText
 * @property {string} code
 * @property {string} [skipped]
 * @property {number} [functions] how many functions got a probe
 * @property {Readonly<Record<string, number>>} [functionsSkipped]
 */

/** The instrumented texts of one test. */
export class InstrumentedTexts {
  /** @type {Instrumented[]} */
  #texts = []
  #nextSite = 1

  /**
   * @param {string} text
   * @param {string} file
   * @param {'module' | 'script'} format
   * @returns {SourceText}
   */
  add(text, file, format) {
    const result = instrument(text, {
      file,
      format,
      language: 'js',
      firstSiteId: /** @type {InstrumentOptions['firstSiteId']} */ (this.#nextSite),
      probeModule: PROBE_MODULE,
      probeGlobal: PROBE_GLOBAL,
      trivialFunctions: 'trace',
    })
    if ('skipped' in result) return { code: text, skipped: result.skipped }
    this.#texts.push(result)
    this.#nextSite += result.sites.length
    const functions = result.sites.filter(({ kind }) => kind === 'function').length
    return { code: result.code, functions, functionsSkipped: result.functionsSkipped }
  }

  /**
   * A function's text without the probes in it.
   *
   * @param {string} functionText
   */
  originalOf(functionText) {
    for (const { code, insertions } of this.#texts) {
      const start = code.indexOf(functionText)
      if (start !== -1) return withoutInsertions(code, insertions, start, start + functionText.length)
    }
    return functionText
  }
}

/**
 * @param {string} code
 * @param {Instrumented['insertions']} insertions
 * @param {number} start
 * @param {number} end
 */
function withoutInsertions(code, { offset, length }, start, end) {
  let text = ''
  let at = start
  for (let i = 0; i < offset.length; i++) {
    if (offset[i] < start || offset[i] >= end) continue
    text += code.slice(at, offset[i])
    at = offset[i] + length[i]
  }
  return text + code.slice(at, end)
}
