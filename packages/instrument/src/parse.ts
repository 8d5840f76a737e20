import { parseSync, rawTransferSupported, type Comment, type Program } from 'oxc-parser'
import type { ModuleFormat, SourceLanguage } from './options.js'
import { overflowOfParser } from './parser-stack.js'

/** A syntax tree with UTF-16 offsets, or why there is none. */
export type Parsed = ParsedText | { readonly error: string }

export interface ParsedText {
  readonly program: Program
  readonly comments: readonly Comment[]
  /** What the text is, where that was not known. */
  readonly format: KnownFormat
}

export type KnownFormat = Exclude<ModuleFormat, 'unknown'>

/** Parses a file. CommonJS may `return` at its top level. */
export function parse(code: string, file: string, format: ModuleFormat, language: SourceLanguage): Parsed {
  if (format !== 'unknown') return parseAs(code, file, format, language)
  const commonjs = parseAs(code, file, 'commonjs', language)
  const isPlain = 'program' in commonjs && !hasModuleSyntax(commonjs.program)
  if (isPlain) return commonjs
  const module = parseAs(code, file, 'module', language)
  return 'error' in module ? commonjs : module
}

/** What Node.js takes a text for whose format nothing declares. */
export function detectFormat(code: string, file: string, language: SourceLanguage): KnownFormat {
  if (overflowOfParser(code) !== undefined) return 'commonjs'
  const parsed = parse(code, file, 'unknown', language)
  return 'format' in parsed ? parsed.format : 'commonjs'
}

function parseAs(code: string, file: string, format: KnownFormat, language: SourceLanguage): Parsed {
  const result = parseSync(file, code, {
    lang: language,
    sourceType: format,
    ...(rawTransferSupported() ? { experimentalRawTransfer: true } : {}),
  })
  const error = result.errors.find(({ severity }) => String(severity) === 'Error')
  if (error !== undefined) {
    const offset = error.labels[0]?.start
    return { error: offset === undefined ? error.message : `${error.message} (offset ${offset})` }
  }
  return { program: result.program, comments: result.comments, format }
}

/** TypeScript's `import x = require()` and `export =` are CommonJS. */
function hasModuleSyntax({ body }: Program): boolean {
  return body.some(({ type }) => MODULE_STATEMENTS.has(type))
}

const MODULE_STATEMENTS: ReadonlySet<string> = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportDefaultDeclaration',
  'ExportAllDeclaration',
])

/** The language that a file's extension tells; JavaScript for an unknown one. */
export function languageOf(file: string): SourceLanguage {
  const extension = /\.[cm]?([jt]sx?)(?:[?#].*)?$/.exec(file)?.[1]
  return extension === 'ts' || extension === 'tsx' || extension === 'jsx' ? extension : 'js'
}
