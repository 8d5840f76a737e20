// Parses lib.dom.d.ts (1.9 MB) and transpiles 250 KB of the compiler's own source.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { repeat } from './rounds.mjs'

const library = fileURLToPath(import.meta.resolve('typescript'))
const declarations = readFileSync(join(library, '..', 'lib.dom.d.ts'), 'utf8')
const source = pieceOf(readFileSync(library, 'utf8'), 2_000_000, 250_000)
const { ModuleKind, ScriptTarget } = ts

repeat(6, 3, () => {
  const parsed = ts.createSourceFile('lib.dom.d.ts', declarations, ScriptTarget.ES2022, true)
  const { outputText } = ts.transpileModule(source, {
    fileName: 'piece.ts',
    compilerOptions: { target: ScriptTarget.ES2022, module: ModuleKind.CommonJS, sourceMap: true },
  })
  return parsed.statements.length + outputText.length
})

/**
 * Whole functions, one after the other.
 *
 * @param {string} text
 * @param {number} from
 * @param {number} length
 */
function pieceOf(text, from, length) {
  const start = text.indexOf('\nfunction ', from)
  return text.slice(start, text.indexOf('\nfunction ', start + length))
}
