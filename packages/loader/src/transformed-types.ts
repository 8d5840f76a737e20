import Module from 'node:module'
import { pathToFileURL } from 'node:url'
import type { ModuleSource } from './module-instrumenter.js'
import { commonJsLoader, withoutWarning } from './node-internals.js'

/** Whether Node.js prints TypeScript anew and does not just blank its types out: `--experimental-transform-types`. */
export function transformsTypes(): boolean {
  return Reflect.get(process.features, 'typescript') === 'transform'
}

/**
 * The JavaScript that Node.js makes of TypeScript, with its source map; undefined when it makes
 * none, and is to say so itself.
 */
export function transformedByNode({ file, code, format }: ModuleSource): string | undefined {
  try {
    // Lets Node.js say once, at the first file like without recording, that this is experimental.
    new commonJsLoader('')._compile('', file, 'commonjs-typescript')
    return withoutWarning('stripTypeScriptTypes', () =>
      (Module as unknown as TypeTransform).stripTypeScriptTypes(code, {
        mode: 'transform',
        sourceMap: process.sourceMapsEnabled,
        // What Node.js itself calls them.
        sourceUrl: format === 'module' ? pathToFileURL(file).href : file,
      }),
    )
  } catch {
    return undefined
  }
}

/** What the types of Node 20 do not have. */
interface TypeTransform {
  stripTypeScriptTypes(code: string, options: { mode: 'transform'; sourceMap: boolean; sourceUrl: string }): string
}
