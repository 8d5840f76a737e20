import remapping from '@jridgewell/remapping'
import { encodedMap, type TraceMap } from '@jridgewell/trace-mapping'
import type { Site, SiteId } from '@tracer/core'
import type MagicString from 'magic-string'
import type { Program } from 'oxc-parser'
import { basename } from 'node:path'
import { Assertions } from './assertions.js'
import { topLevelNames } from './declarations.js'
import { endOfDirectives, FunctionProbes } from './function-probes.js'
import { readInputMap } from './input-map.js'
import { ModuleSyntax } from './module-syntax.js'
import { Naming } from './naming.js'
import { MAX_NESTING_DEPTH, nestingDepth } from './nesting-depth.js'
import type { FunctionSkipReason, InstrumentOptions, InstrumentResult, SourceMap } from './options.js'
import { OriginalPositions } from './original-position.js'
import { languageOf, parse, type ParsedText } from './parse.js'
import { overflowOfParser } from './parser-stack.js'
import { ProbeText } from './probe-text.js'
import { PromiseCallbacks } from './promise-callbacks.js'
import { RecordedEdits } from './recorded-edits.js'
import { ScopeStack, type ResumableScope } from './scope.js'
import { SuspensionProbes } from './suspension-probes.js'
import { TraceComments } from './trace-comments.js'
import { TrivialFunctions } from './trivial-functions.js'
import { TypeScriptSyntax } from './typescript-syntax.js'
import { walk, walkWithoutStack, type Walk } from './walk.js'
import { WithStatements } from './with-statements.js'

/**
 * Puts a probe around every function of a file and around the file's own body. Pure: text in,
 * text out. Whatever stands in the way makes the result `skipped`; it never throws for the
 * content of a file.
 */
export function instrument(code: string, options: InstrumentOptions): InstrumentResult {
  const overflow = overflowOfParser(code)
  if (overflow !== undefined) return { skipped: 'too-deep', message: overflow }
  try {
    return instrumentSafely(code, options)
  } catch (error) {
    // The one thing that can go wrong with a tree that the parser made.
    if (error instanceof RangeError) return { skipped: 'too-deep', message: error.message }
    throw error
  }
}

function instrumentSafely(code: string, options: InstrumentOptions): InstrumentResult {
  const { file, format, language = languageOf(file) } = options
  const parsed = parse(code, file, format, language)
  if ('error' in parsed) return { skipped: 'syntax-error', message: parsed.error }
  if (parsed.program.body.length === 0) return { skipped: 'empty', message: 'there is no statement in it' }
  try {
    return instrumentTree(code, options, parsed, walk)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return instrumentTree(code, options, parsed, walkWithoutStack)
  }
}

function instrumentTree(
  code: string,
  options: InstrumentOptions,
  { program, comments, format }: ParsedText,
  walk: Walk,
): InstrumentResult {
  const { file } = options
  const globalObject = format === 'module' ? 'globalThis' : reachableGlobal(program)
  if (globalObject === undefined) {
    return { skipped: 'shadowed-global', message: 'it declares both globalThis and global' }
  }

  const edits = new RecordedEdits(code)
  const probes = new ProbeText(code, options.coverage === 'taken')
  const scopes = new ScopeStack()
  const inputMap = options.inputMap === undefined ? undefined : readInputMap(options.inputMap)
  const traceMap = inputMap !== undefined && 'map' in inputMap ? inputMap.map : undefined
  const positions = new OriginalPositions(code, file, traceMap)
  const naming = new Naming(code, (offset) => positions.at(offset).name)
  const sites: Site[] = []
  const functionsSkipped: Partial<Record<FunctionSkipReason, number>> = {}
  const addSite = (offset: number, kind: Site['kind'], name: string | undefined): SiteId => {
    const { file: original, line, column } = positions.at(offset)
    const anonymous = `(anonymous) ${basename(original)}:${line}:${column}`
    sites.push({ kind, name: name ?? anonymous, file: original, line, column })
    return siteIdAt(options.firstSiteId, sites.length - 1)
  }

  const moduleStart = startOfModule(code, program)
  const hasBody = format !== 'script'
  const moduleName = `(module) ${basename(positions.at(moduleStart).file)}`
  const moduleSite = hasBody ? addSite(moduleStart, 'module', moduleName) : undefined
  scopes.enter(hasBody ? moduleScope(probes, program) : { kind: 'untouched' })
  const promiseCallbacks = new PromiseCallbacks()
  const functionProbes = new FunctionProbes({
    code,
    edits,
    probes,
    scopes,
    naming,
    traceComments: new TraceComments(code, program, comments, walk),
    trivialFunctions: options.trivialFunctions === 'trace' ? undefined : new TrivialFunctions(),
    promiseCallbacks,
    withStatements: new WithStatements(code, program, walk),
    assertions: new Assertions(code, program, walk),
    addSite,
    skip: (reason) => {
      functionsSkipped[reason] = (functionsSkipped[reason] ?? 0) + 1
    },
  })
  const suspensionProbes = new SuspensionProbes(edits, probes, scopes)
  const typeScript = new TypeScriptSyntax()
  const moduleSyntax = new ModuleSyntax()
  walk(program, {
    ...naming.visitor,
    ...(options.promiseCallbacks === 'follow' ? promiseCallbacks.visitor : {}),
    ...functionProbes.visitor,
    ...suspensionProbes.visitor,
    ...typeScript.visitor,
    ...moduleSyntax.visitor,
  })
  const separator = endOfDirectives(program.body) === undefined ? '' : ';'
  let opening = ''
  if (moduleSite !== undefined) {
    edits.appendLeft(program.body[program.body.length - 1].end, probes.closeModule())
    opening = probes.openModule(moduleSite)
  }
  const probesText =
    format === 'module'
      ? probes.importFrom(options.probeModule)
      : probes.takeFrom(`${globalObject}.${options.probeGlobal}`, format === 'script' ? 'const' : 'var')
  edits.prependLeft(moduleStart, `${separator}${probesText}${opening}`)
  const instrumented = edits.toString()
  const insertions = edits.insertions()
  const depth = nestingDepth(instrumented)
  if (depth > MAX_NESTING_DEPTH) return { skipped: 'too-deep', message: `with probes, brackets nest ${depth} deep` }
  return {
    code: instrumented,
    insertions,
    asScript: () =>
      format === 'module' ? moduleSyntax.asScript(program, { code: instrumented, insertions }, probesText) : undefined,
    map: () => composeMap(edits, file, traceMap),
    sites,
    isErasable: typeScript.isErasable,
    mayImport: format === 'module' || moduleSyntax.hasImportCall || mayEvaluateImport(code),
    functionsSkipped,
    inputMapProblem: inputMap !== undefined && 'problem' in inputMap ? inputMap.problem : undefined,
  }
}

/** Whether it calls what takes text and holds the word, or says how text that `node:vm` takes is to import. */
function mayEvaluateImport(code: string): boolean {
  if (code.includes('importModuleDynamically')) return true
  return /\bimport\b/.test(code) && /\b(?:eval\b[\s)?.]*|Function\s*)\(/.test(code)
}

function moduleScope(probes: ProbeText, program: Program): ResumableScope {
  return {
    kind: 'resumable',
    activation: probes.moduleActivation,
    body: program,
    isAsyncGenerator: false,
    isModule: true,
    suspensions: 0,
  }
}

/** Ids count up in the order of the text; the one place where they are made from a position. */
function siteIdAt(first: SiteId, index: number): SiteId {
  return (first + index) as SiteId
}

/** After a byte-order mark, a hashbang line and the directives. */
function startOfModule(code: string, program: Program): number {
  const directives = endOfDirectives(program.body)
  if (directives !== undefined) return directives
  const start = program.hashbang === null ? Number(code.startsWith('\uFEFF')) : endOfLine(code, program.hashbang.end)
  const first = program.body[0].start
  // Outside modules `-->` is a comment, but only when nothing stands before it on its line.
  return code.slice(start, first).includes('-->') ? first : start
}

/** After the line that ends at an offset. */
function endOfLine(code: string, offset: number): number {
  return offset + (code.startsWith('\r\n', offset) ? 2 : 1)
}

/** An expression for the global object that the module has not declared something else under. */
function reachableGlobal(program: Program): string | undefined {
  const taken = topLevelNames(program.body)
  return ['globalThis', 'global'].find((name) => !taken.has(name))
}

function composeMap(edits: MagicString, file: string, inputMap: TraceMap | undefined): SourceMap {
  const own = edits.generateMap({ source: file, includeContent: true, hires: 'boundary' })
  const composed = remapping(JSON.stringify(own), (_, { depth }) => {
    // Only one step back: the source of the input often has the same name as the input.
    return depth > 1 || inputMap === undefined ? null : JSON.stringify(encodedMap(inputMap))
  })
  return {
    version: 3,
    file,
    sources: composed.sources,
    sourcesContent: composed.sourcesContent ?? [],
    names: composed.names,
    mappings: typeof composed.mappings === 'string' ? composed.mappings : '',
  }
}
