import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import vm from 'node:vm'
import { PROBE_GLOBAL, PROBE_MODULE } from './instrumented-texts.mjs'

/** @typedef {(text: string, file: string) => string} Transform what becomes of each module's text */

/** The modules of one realm: each file once, linked to one another. */
export class ModuleGraph {
  /** @type {Map<string, vm.Module>} */
  #modules = new Map()
  /** @type {Promise<unknown>} */
  #linking = Promise.resolve()
  #pendingImports = 0
  #context
  #transform

  /**
   * @param {vm.Context} context
   * @param {Transform} transform
   */
  constructor(context, transform) {
    this.#context = context
    this.#transform = transform
  }

  /** Whether there is an import that has not settled. */
  get isImporting() {
    return this.#pendingImports > 0
  }

  /**
   * The module of a file, parsed.
   *
   * @param {string} file
   * @param {string} [type] the import attribute
   * @returns {vm.Module}
   */
  load(file, type) {
    const key = `${type ?? ''} ${file}`
    const known = this.#modules.get(key)
    if (known !== undefined) return known
    const module = this.#create(file, type)
    this.#modules.set(key, module)
    return module
  }

  /**
   * Links a module and what it imports. One at a time: Node refuses to link a module again while
   * it is being linked.
   *
   * @param {vm.Module} module
   * @returns {Promise<void>}
   */
  link(module) {
    const linked = this.#linking.then(async () => {
      if (module.status === 'unlinked') {
        await module.link((specifier, referrer, extra) => this.#resolve(specifier, referrer.identifier, extra))
      }
    })
    this.#linking = linked.catch(() => undefined)
    return linked
  }

  /**
   * `import()`.
   *
   * @param {string} specifier
   * @param {string} importer
   * @param {unknown} attributes
   * @returns {Promise<vm.Module>}
   */
  async import(specifier, importer, attributes) {
    this.#pendingImports++
    try {
      const module = this.load(resolve(dirname(importer), specifier), typeIn(attributes))
      await this.link(module)
      await module.evaluate()
      return module
    } finally {
      this.#pendingImports--
    }
  }

  /**
   * @param {string} specifier
   * @param {string} importer
   * @param {unknown} extra
   */
  #resolve(specifier, importer, extra) {
    const { attributes } = /** @type {{ attributes?: unknown }} */ (extra)
    if (specifier === PROBE_MODULE) return this.#probes()
    return this.load(resolve(dirname(importer), specifier), typeIn(attributes))
  }

  /**
   * @param {string} file
   * @param {string | undefined} type
   * @returns {vm.Module}
   */
  #create(file, type) {
    const text = readFileSync(file, 'utf8')
    if (type === 'json') {
      const value = Reflect.apply(vm.runInContext('JSON.parse', this.#context), undefined, [text])
      return synthetic(file, this.#context, { default: value })
    }
    if (type !== undefined) throw new TypeError(`modules of type ${type} are not supported`)
    return new vm.SourceTextModule(this.#transform(text, file), {
      identifier: file,
      context: this.#context,
      importModuleDynamically: /** @type {NonNullable<vm.SourceTextModuleOptions['importModuleDynamically']>} */ (
        (/** @type {string} */ specifier, /** @type {unknown} */ _, /** @type {unknown} */ attributes) =>
          this.import(specifier, file, attributes)
      ),
    })
  }

  #probes() {
    const known = this.#modules.get(PROBE_MODULE)
    if (known !== undefined) return known
    const module = synthetic(PROBE_MODULE, this.#context, vm.runInContext(PROBE_GLOBAL, this.#context))
    this.#modules.set(PROBE_MODULE, module)
    return module
  }
}

/**
 * @param {string} identifier
 * @param {vm.Context} context
 * @param {Record<string, unknown>} exported
 */
function synthetic(identifier, context, exported) {
  const names = Object.keys(exported)
  /** @this {vm.SyntheticModule} */
  function evaluate() {
    for (const name of names) this.setExport(name, exported[name])
  }
  return new vm.SyntheticModule(names, evaluate, { identifier, context })
}

/**
 * @param {unknown} attributes
 * @returns {string | undefined}
 */
function typeIn(attributes) {
  const type = /** @type {{ type?: unknown } | undefined} */ (attributes)?.type
  return typeof type === 'string' ? type : undefined
}
