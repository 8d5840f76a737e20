import type { ModuleFormat, SourceLanguage } from '@tracer/instrument'

/** What Node.js says of a module's text: `format` of a load hook's result. */
export interface TextKind {
  readonly format: ModuleFormat
  readonly language: SourceLanguage
}

/** The kinds of text that hold functions; undefined for JSON, WebAssembly and addons. */
export function textKindOf(format: string | null | undefined): TextKind | undefined {
  switch (format) {
    case null:
    case undefined:
      return { format: 'unknown', language: 'js' }
    case 'commonjs':
    case 'module':
      return { format, language: 'js' }
    case 'typescript':
      return { format: 'unknown', language: 'ts' }
    case 'commonjs-typescript':
      return { format: 'commonjs', language: 'ts' }
    case 'module-typescript':
      return { format: 'module', language: 'ts' }
    default:
      return undefined
  }
}

/** The format that a TypeScript text has once it is compiled. */
export function compiledFormat(format: string | undefined): string | undefined {
  return format === 'typescript' ? undefined : format?.replace('-typescript', '')
}

/** Whether a path or URL is TypeScript's by its extension. */
export function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?(?:[?#].*)?$/.test(path)
}
