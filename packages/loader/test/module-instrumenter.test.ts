import type { NewModuleReport } from '@tracer/spool'
import { describe, expect, it } from 'vitest'
import { ModuleInstrumenter, type ModuleInstrumenterOptions, type ModuleSource } from '../src/module-instrumenter.js'
import { Selection } from '../src/selection.js'
import { SiteIds } from '../src/site-ids.js'
import { transforms } from '../src/transforms.js'

function instrumenter(siteIds: SiteIds, options: Partial<ModuleInstrumenterOptions> = {}) {
  const reports: NewModuleReport[] = []
  const modules = new ModuleInstrumenter({
    selection: new Selection({}),
    transforms: () => transforms,
    report: (report) => reports.push(report),
    keep: () => undefined,
    probeModule: 'file:///tracer/probes.mjs',
    siteIds,
    isExact: true,
    needsMaps: false,
    ...options,
  })
  return { modules, reports }
}

/** A module with as many sites: itself and its functions. */
function source(sites: number): ModuleSource {
  const code = Array.from({ length: sites - 1 }, (_, i) => `function f${i}() {}`).join('\n')
  return { file: `/app-${sites}.js`, code: `0\n${code}`, format: 'commonjs', language: 'js' }
}

describe('a module with more functions than there are numbers left', () => {
  it('runs as it is and is reported', () => {
    const { modules, reports } = instrumenter(new SiteIds(10, 14))
    const tooMany = source(5)
    expect(modules.instrument(tooMany)).toBe(tooMany.code)
    expect(reports).toEqual([
      {
        outcome: 'skipped',
        file: '/app-5.js',
        reason: 'too-many-functions',
        message: 'it has 4 functions, and its thread has fewer numbers left to tell them apart',
      },
    ])
  })

  it('takes no numbers from modules that fit', () => {
    const { modules, reports } = instrumenter(new SiteIds(10, 14))
    for (const sites of [5, 3, 2, 1, 1]) modules.instrument(source(sites))
    expect(reports.map((report) => ('firstSiteId' in report ? report.firstSiteId : report.outcome))).toEqual([
      'skipped',
      10,
      'skipped',
      13,
      'skipped',
    ])
  })
})

describe('an instrumented module', () => {
  it('is reported before anybody can do something with its sites', () => {
    const seen: string[] = []
    const note = (what: string) => () => void seen.push(what)
    const modules = instrumenter(new SiteIds(10, 14), { report: note('report'), keep: note('keep') }).modules
    modules.instrument(source(2))
    expect(seen).toEqual(['report', 'keep'])
  })
})

describe('a module whose instrumenting makes others take numbers', () => {
  it('has numbers that nobody else has', () => {
    const siteIds = new SiteIds(10, 20)
    let taking = 3
    const takes = () => {
      siteIds.take(taking)
      taking = 0
      return transforms
    }
    const { modules, reports } = instrumenter(siteIds, { transforms: takes })
    expect(modules.instrument(source(2))).toMatch(/_beginModule\(13\).*_enter\(14\)/s)
    expect(reports).toMatchObject([{ outcome: 'instrumented', firstSiteId: 13 }])
    expect(siteIds.next).toBe(15)
  })
})

describe('the numbers of a thread', () => {
  it('and those of its hooks do not meet', () => {
    const [own, hooks] = [SiteIds.ofThread(), SiteIds.ofHooks(new Int32Array(1))]
    expect([own.next, hooks.next]).toEqual([1, 2 ** 19])
    expect([own.take(2 ** 19), own.take(2 ** 19 - 1), own.take(1)]).toEqual([false, true, false])
    expect([hooks.take(2 ** 19 + 1), hooks.take(2 ** 19), hooks.take(1)]).toEqual([false, true, false])
  })
})
