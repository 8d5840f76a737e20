import type { NewModuleReport, PackedSite } from '@tracer/spool'
import { declaredFormat } from './declared-format.js'
import { ModuleInstrumenter } from './module-instrumenter.js'
import { isTypeScript } from './module-text.js'
import { featuresOf } from './node-features.js'
import { Selection } from './selection.js'
import { SiteIds } from './site-ids.js'
import { transforms } from './transforms.js'

/** What would run in place of a file. */
export interface InstrumentedFile {
  readonly code: string
  /** Functions that carry a probe. */
  readonly functions: number
  /** Why the file would run as it is; undefined as a rule. */
  readonly skipped: string | undefined
}

/**
 * The text that this version of Node.js would run in place of a file while it is recorded.
 * `file` is an absolute path; `isExact` puts
 * probes into trivial functions too.
 *
 * @throws Error when the file is TypeScript that cannot be compiled.
 */
export function instrumentFile(file: string, code: string, isExact = false): InstrumentedFile {
  const reports: NewModuleReport[] = []
  const instrumenter = new ModuleInstrumenter({
    selection: new Selection({ packages: 'all' }),
    transforms: () => transforms,
    report: (report) => reports.push(report),
    keep: () => undefined,
    probeModule: new URL('./probes.mjs', import.meta.url).href,
    siteIds: SiteIds.ofThread(),
    isExact,
    needsMaps: false,
  })
  const text = run(instrumenter, file, code)
  const report = reports.at(-1)
  return {
    code: text,
    functions: report?.outcome === 'instrumented' ? functionsIn(report.sites) : 0,
    skipped: report?.outcome === 'skipped' ? report.message : undefined,
  }
}

function functionsIn(sites: readonly PackedSite[] | string): number {
  // As JSON text they are what the transforms made of packed sites.
  const packed = typeof sites === 'string' ? (JSON.parse(sites) as readonly PackedSite[]) : sites
  return packed.filter(([kind]) => kind === 'function').length
}

function run(instrumenter: ModuleInstrumenter, file: string, code: string): string {
  const format = declaredFormat(file) ?? 'unknown'
  if (!isTypeScript(file)) return instrumenter.instrument({ file, code, format, language: 'js' })
  const source = { file, code, format, language: file.endsWith('x') ? 'tsx' : 'ts' } as const
  const isNative = featuresOf(process.versions.node).typeScript && source.language === 'ts'
  return isNative ? instrumenter.instrumentTypeScript(source).code : instrumenter.compileAndInstrument(source)
}
