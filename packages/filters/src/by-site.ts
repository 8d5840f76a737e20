import { packageOf, type EventFilter, type Site } from '@tracer/core'
import { globExpression } from './glob.js'

/** Functions of a name: the whole of it, in which `*` stands for anything, or what an expression finds in it. */
export function byName(pattern: string | RegExp): EventFilter {
  const expression = typeof pattern === 'string' ? nameExpression(pattern) : pattern
  return bySite(`name ${String(pattern)}`, ({ name }) => expression.test(name))
}

/**
 * Functions of the files that a glob names, such as `src/**`, `*.test.ts` or `src/{a,b}`; a folder stands for all
 * below it, and what does not begin with `/` may begin at any folder. Or what an expression finds in the path.
 */
export function byFile(pattern: string | RegExp): EventFilter {
  const expression = typeof pattern === 'string' ? globExpression(pattern) : pattern
  return bySite(`file ${String(pattern)}`, ({ file }) => expression.test(file.replaceAll('\\', '/')))
}

/** Functions of packages, as `packageOf` names them: `eta`, `@babel/core`, `(app)` for the project's own, `node:`. */
export function byPackage(...names: readonly string[]): EventFilter {
  const wanted = new Set(names)
  return bySite(`package ${names.join(', ')}`, ({ file }) => wanted.has(packageOf(file)))
}

/** Asks once for each site: a trace has far more slices. */
function bySite(id: string, isWanted: (site: Site) => boolean): EventFilter {
  const known = new WeakMap<Site, boolean>()
  return {
    id,
    keeps(site) {
      const before = known.get(site)
      if (before !== undefined) return before
      const keeps = isWanted(site)
      known.set(site, keeps)
      return keeps
    },
  }
}

function nameExpression(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}
