import { readFileSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute } from 'node:path'
import { evalProgram, EVAL_WRAPPER } from './eval-hook.js'
import type { InstrumentedTexts } from './instrumented-texts.js'
import type { ModuleInstrumenter } from './module-instrumenter.js'
import { compiledFormat, isTypeScript, textKindOf } from './module-text.js'
import { commonJsLoader, replaceMethod, type CommonJsModule, type ExtensionLoader } from './node-internals.js'
import type { NodeFeatures } from './node-features.js'
import { call, startsWith, withOwnBuiltins } from './own-builtins.js'
import { COMPILER_HELPERS, typeScriptCandidates } from './typescript-resolution.js'

/**
 * Instruments what `require` loads, by way of `Module.prototype._compile`: every text that
 * becomes a CommonJS module passes there last, after the hooks of other tools, on all versions
 * of Node.js; so does an ES module that is required.
 */
export function hookRequire(options: RequireHookOptions): void {
  const { prototype } = commonJsLoader
  const { _compile } = prototype
  const { instrumenter, texts, calls, beforeText } = options
  const programToEvaluate = evalProgram(instrumenter)

  replaceMethod(prototype, '_compile', function compile(this: CommonJsModule, content, filename, format) {
    if (filename === EVAL_WRAPPER) {
      // It prepares globals such as `require` and gives a function that runs what it is given.
      const run = call(_compile, this, [content, filename, format])
      const evaluate = programToEvaluate()
      return typeof run !== 'function' || evaluate === undefined ? run : (): unknown => call(run, undefined, [evaluate])
    }
    const ready = withOwnBuiltins(() => {
      const rewritten = rewrite(instrumenter, texts, content, filename, format)
      if (rewritten.content === content && typeof content === 'string' && !instrumenter.isBusy) beforeText(content)
      return rewritten
    })
    const { depth } = calls
    let isCompiled = false
    // Here and not in a function of its own: every frame takes one from the stacks of the program.
    try {
      const result = call(_compile, this, [ready.content, filename, ready.format])
      isCompiled = true
      return result
    } finally {
      // A body that runs is an open call. Nothing is caught, because an error that is thrown again
      // is reported with another place.
      const hasBegun = isCompiled || calls.depth > depth
      calls.closeAbove(depth)
      if (!hasBegun && ready.isReplaceable && withOwnBuiltins(() => instrumenter.withdraw(filename, ready.content))) {
        // eslint-disable-next-line no-unsafe-finally -- in place of the error that only the probes have made
        return call(_compile, this, [content, filename, format])
      }
    }
  })
  addTypeScriptExtensions(options)
  resolveMore(instrumenter)
}

/** What the require hook works with. */
export interface RequireHookOptions {
  readonly instrumenter: ModuleInstrumenter
  readonly texts: InstrumentedTexts
  readonly features: NodeFeatures
  /** Called with every text without probes before it is compiled. */
  readonly beforeText: (text: string) => void
  /** The calls that are open, to end those of modules that throw. */
  readonly calls: OpenCalls
}

/** The open calls of this thread. */
export interface OpenCalls {
  readonly depth: number
  /** Ends the calls beyond the first `depth`. */
  closeAbove(depth: number): void
}

/** What is given to Node.js in place of a text. */
interface ReadyText {
  readonly content: string
  readonly format: string | undefined
  /** Whether the text as it was can run in its place. */
  readonly isReplaceable: boolean
}

function rewrite(
  instrumenter: ModuleInstrumenter,
  texts: InstrumentedTexts,
  content: unknown,
  file: string,
  format: string | undefined,
): ReadyText {
  // Node.js reports what it does not like about other values.
  const untouched = { content: content as string, format, isReplaceable: false }
  const kind = textKindOf(format)
  if (typeof content !== 'string' || kind === undefined || instrumenter.isBusy) return untouched
  if (!isAbsolute(file) || texts.isPassing(content) || !instrumenter.selects(file)) return untouched
  const source = { file, code: content, ...kind }
  if (kind.language === 'js') {
    const code = instrumenter.instrument(source)
    return { content: code, format, isReplaceable: code !== content }
  }
  const { code, isErasable } = instrumenter.instrumentTypeScript(source)
  return { content: code, format: isErasable ? format : compiledFormat(format), isReplaceable: isErasable }
}

/** For the files that Node.js cannot read as TypeScript, and no tool of the user's has taught it to. */
function addTypeScriptExtensions({ instrumenter, texts, features }: RequireHookOptions): void {
  const loadJavaScript = commonJsLoader._extensions['.js']
  for (const extension of features.typeScript ? ['.tsx'] : ['.ts', '.cts', '.mts', '.tsx']) {
    addExtension(extension, (module, filename) => {
      // A tool that compiles by a method of the module's own expects that of `.js` here, and its frame in stacks.
      if (Object.hasOwn(module, '_compile') && loadJavaScript !== undefined) {
        loadJavaScript(module, filename)
        return
      }
      const code = readFileSync(filename, 'utf8')
      const format = DECLARED_FORMATS[extension]
      const language = extension === '.tsx' ? 'tsx' : 'ts'
      const compiled = instrumenter.compile({ file: filename, code, format: format ?? 'unknown', language })
      texts.pass(compiled)
      module._compile(compiled, filename, format)
    })
  }
}

/**
 * Unlisted, because Node.js tries what is listed for a specifier without an extension, and because
 * the program would see it. What the program puts there is listed.
 */
function addExtension(extension: string, load: NonNullable<ExtensionLoader>): void {
  const extensions = commonJsLoader._extensions
  if (extensions[extension] !== undefined) return
  Object.defineProperty(extensions, extension, {
    configurable: true,
    enumerable: false,
    get: () => load,
    set(value: unknown) {
      Object.defineProperty(this, extension, { value, configurable: true, enumerable: true, writable: true })
    },
  })
}

/** Formats that an extension declares whatever the package says. */
const DECLARED_FORMATS: Readonly<Record<string, 'module' | 'commonjs' | undefined>> = {
  '.mts': 'module',
  '.cts': 'commonjs',
}

/** Finds what TypeScript files mean by their specifiers, and the parts of the parser, only where Node.js finds nothing. */
function resolveMore(instrumenter: ModuleInstrumenter): void {
  const { _resolveFilename } = commonJsLoader
  const ownModule = { filename: __filename, paths: commonJsLoader._nodeModulePaths(__dirname) }
  replaceMethod(commonJsLoader, '_resolveFilename', function resolve(this: unknown, ...args) {
    const request = args[0]
    const parent = args[1]
    if (typeof request === 'string' && startsWith(request, COMPILER_HELPERS)) {
      return call(_resolveFilename, this, [request, ownModule])
    }
    try {
      return call(_resolveFilename, this, args)
    } catch (error) {
      // Under `--preserve-symlinks` it would not find its own dependencies where it is a link.
      if (instrumenter.isBusy && typeof parent?.filename === 'string') {
        const filename = realpathSync(parent.filename)
        args[1] = { filename, paths: commonJsLoader._nodeModulePaths(dirname(filename)) }
        return call(_resolveFilename, this, args)
      }
      const candidates = withOwnBuiltins(() => candidatesOf(request, parent?.filename))
      for (let i = 0; i < candidates.length; i++) {
        args[0] = candidates[i]
        try {
          return call(_resolveFilename, this, args)
        } catch {
          // The first error says what the program asked for.
        }
      }
      throw error
    }
  })
}

/** None for what no TypeScript file asks for. */
function candidatesOf(request: string, parent: string | null | undefined): readonly string[] {
  return typeof parent === 'string' && isTypeScript(parent) ? typeScriptCandidates(request) : []
}
