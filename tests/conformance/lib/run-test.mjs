import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import vm from 'node:vm'
import { readFrontmatter } from './frontmatter.mjs'
import { textInMode } from './modes.mjs'
import { ModuleGraph } from './module-graph.mjs'
import { errorName, outcomeOf, TIMEOUT } from './outcome.mjs'
import { compileScript, createRealm } from './realm.mjs'
import { InstrumentedTexts } from './instrumented-texts.mjs'

/** @typedef {import('./outcome.mjs').Failure} Failure */

/** @typedef {'bare' | 'instrumented' | 'restored'} Variant `restored`: instrumented, but `toString` does not show it */

/**
 * @typedef {object} VariantResult
 * @property {import('./outcome.mjs').Outcome} outcome
 * @property {Failure} [failure] how it ended, if not well
 * @property {string | undefined} [skipped] why the test's own file was not instrumented
 * @property {number} functions how many functions of all its files got a probe
 * @property {Record<string, number>} functionsSkipped
 */

/** How long an asynchronous test may wait for timers and imports. */
const ASYNC_LIMIT_MS = 5000
/** Turns of the event loop in which nothing is pending, after which nothing can come any more. */
const IDLE_TURNS = 5

/** @type {Map<string, vm.Script>} */
const harnessScripts = new Map()

/**
 * Runs one test in one mode in a fresh realm.
 *
 * @param {string} checkout
 * @param {import('./suite.mjs').TestRun} run
 * @param {Variant} variant
 * @returns {Promise<VariantResult>}
 */
export async function runTest(checkout, { path, mode }, variant) {
  const file = join(checkout, path)
  const text = readFileSync(file, 'utf8')
  const { flags, includes, negative } = readFrontmatter(text)
  /** @type {VariantResult} */
  const result = { outcome: TIMEOUT, functions: 0, functionsSkipped: {} }

  const texts = new InstrumentedTexts()
  const transform = (
    /** @type {string} */ code,
    /** @type {string} */ name,
    /** @type {'module' | 'script'} */ format,
  ) => {
    if (variant === 'bare') return code
    const instrumented = texts.add(code, name, format)
    if (name === file) result.skipped = instrumented.skipped
    count(result, instrumented)
    return instrumented.code
  }
  /** @type {string[]} */
  const printed = []
  let timers = 0
  const host = {
    hasProbes: variant !== 'bare',
    ...(variant === 'restored' ? { originalText: (/** @type {string} */ text) => texts.originalOf(text) } : {}),
    print: (/** @type {string} */ message) => void printed.push(message),
    importModule: (/** @type {string} */ specifier, /** @type {unknown} */ _, /** @type {unknown} */ attributes) =>
      graph.import(specifier, file, attributes),
    countTimers: (/** @type {1 | -1} */ change) => void (timers += change),
  }
  const realm = createRealm(host)
  const graph = new ModuleGraph(realm, (code, name) => transform(code, name, 'module'))
  if (!flags.has('raw')) {
    const harness = ['assert.js', 'sta.js', ...(flags.has('async') ? ['doneprintHandle.js'] : []), ...includes]
    for (const name of harness) harnessScript(checkout, name).runInContext(realm)
  }

  const failure =
    mode === 'module'
      ? await runModule(graph, file, () => timers > 0)
      : runScript(transform(textInMode(text, mode), file, 'script'), file, realm, host)
  if (failure === TIMEOUT) return result
  if (failure !== undefined || !flags.has('async')) {
    await setImmediate()
    return judged(result, failure, negative)
  }
  await settled(
    () => printed.length > 0,
    () => timers > 0 || graph.isImporting,
  )
  return printed.length === 0 ? result : judged(result, printedFailure(printed[0]), negative)
}

/**
 * @param {VariantResult} result
 * @param {Failure | undefined} failure
 * @param {import('./frontmatter.mjs').Frontmatter['negative']} negative
 * @returns {VariantResult}
 */
function judged(result, failure, negative) {
  return { ...result, outcome: outcomeOf(failure, negative), ...(failure === undefined ? {} : { failure }) }
}

/**
 * @param {VariantResult} result
 * @param {import('./instrumented-texts.mjs').SourceText} text
 */
function count(result, { functions = 0, functionsSkipped = {} }) {
  result.functions += functions
  for (const [reason, number] of Object.entries(functionsSkipped)) {
    result.functionsSkipped[reason] = (result.functionsSkipped[reason] ?? 0) + number
  }
}

/**
 * @param {string} code
 * @param {string} file
 * @param {vm.Context} realm
 * @param {import('./realm.mjs').RealmHost} host
 * @returns {Failure | undefined}
 */
function runScript(code, file, realm, host) {
  /** @type {vm.Script} */
  let script
  try {
    script = compileScript(code, file, host)
  } catch (error) {
    return { phase: 'parse', name: errorName(error) }
  }
  try {
    script.runInContext(realm)
  } catch (error) {
    return { phase: 'runtime', name: errorName(error) }
  }
}

/**
 * @param {ModuleGraph} graph
 * @param {string} file
 * @param {() => boolean} hasTimers
 * @returns {Promise<Failure | undefined | typeof TIMEOUT>}
 */
async function runModule(graph, file, hasTimers) {
  /** @type {Failure['phase']} */
  let phase = 'parse'
  /** @type {{ readonly failure: Failure | undefined } | undefined} */
  let ended
  const run = async () => {
    const module = graph.load(file)
    phase = 'resolution'
    await graph.link(module)
    phase = 'runtime'
    await module.evaluate()
  }
  run().then(
    () => {
      ended = { failure: undefined }
    },
    (/** @type {unknown} */ error) => {
      ended = { failure: { phase, name: errorName(error) } }
    },
  )
  await settled(
    () => ended !== undefined,
    () => hasTimers() || graph.isImporting,
  )
  return ended === undefined ? TIMEOUT : ended.failure
}

/**
 * Waits until something is done, or nothing is left that could do it.
 *
 * @param {() => boolean} isDone
 * @param {() => boolean} isPending
 */
async function settled(isDone, isPending) {
  const limit = performance.now() + ASYNC_LIMIT_MS
  for (let idle = 0; idle < IDLE_TURNS && performance.now() < limit; idle = isPending() ? 0 : idle + 1) {
    await setImmediate()
    if (isDone()) return
  }
}

/**
 * @param {string} message what `$DONE` of the harness printed
 * @returns {Failure | undefined}
 */
function printedFailure(message) {
  if (message === 'Test262:AsyncTestComplete') return undefined
  return { phase: 'runtime', name: /^Test262:AsyncTestFailure:([^:]*)/.exec(message)?.[1] ?? 'printed text' }
}

/**
 * @param {string} checkout
 * @param {string} name
 * @returns {vm.Script}
 */
function harnessScript(checkout, name) {
  const known = harnessScripts.get(name)
  if (known !== undefined) return known
  const file = join(checkout, 'harness', name)
  const script = new vm.Script(readFileSync(file, 'utf8'), { filename: file })
  harnessScripts.set(name, script)
  return script
}
