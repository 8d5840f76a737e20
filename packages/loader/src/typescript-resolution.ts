/**
 * The files that a specifier in a TypeScript file can mean besides the one it names: TypeScript
 * lets a program import `./a.js` and means `./a.ts`, or leave the extension out.
 */
export function typeScriptCandidates(specifier: string): readonly string[] {
  if (!/^(\.{0,2}\/|file:)/.test(specifier)) return []
  const [, stem, extension] = /^(.*?)(\.[cm]?jsx?)?$/s.exec(specifier) ?? []
  if (stem === undefined) return []
  switch (extension) {
    case '.js':
    case '.jsx':
      return [`${stem}.ts`, `${stem}.tsx`]
    case '.mjs':
      return [`${stem}.mts`]
    case '.cjs':
      return [`${stem}.cts`]
    default:
      return [`${stem}.ts`, `${stem}.tsx`, `${stem}/index.ts`, `${stem}/index.tsx`]
  }
}

/** Package whose helpers compiled TypeScript imports; it is the loader's dependency, not the program's. */
export const COMPILER_HELPERS = '@oxc-project/runtime/'
