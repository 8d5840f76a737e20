import { readFileSync } from 'node:fs'
import ts from 'typescript'

/** What TypeScript can read. */
export const SOURCE_EXTENSIONS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs']

/** One import of a file. @typedef {{ specifier: string, line: number }} Import */

/**
 * Everything `file` imports: static and dynamic imports, re-exports, `require`, import types, and
 * what is asked of `import.meta.resolve` or `require.resolve`.
 *
 * @param {string} file
 * @returns {Import[]}
 */
export function readImports(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  /** @type {Import[]} */
  const imports = []
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    const text = specifierOf(node)
    if (text && ts.isStringLiteralLike(text)) {
      const { line } = source.getLineAndCharacterOfPosition(text.getStart(source))
      imports.push({ specifier: text.text, line: line + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return imports
}

/**
 * @param {import('typescript').Node} node
 * @returns {import('typescript').Node | undefined}
 */
function specifierOf(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isExternalModuleReference(node)) return node.expression
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined
  if (ts.isCallExpression(node) && asksForModule(node.expression)) return node.arguments[0]
  return undefined
}

/** `import`, `require`, `require.resolve` or `import.meta.resolve`. @param {import('typescript').Expression} callee */
function asksForModule(callee) {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true
  if (ts.isIdentifier(callee)) return callee.text === 'require'
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'resolve') return false
  const object = callee.expression
  return ts.isMetaProperty(object) || (ts.isIdentifier(object) && object.text === 'require')
}
