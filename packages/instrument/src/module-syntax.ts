import type { MetaProperty, ModuleExportName, Node, Program, Statement, VisitorObject } from 'oxc-parser'
import { topLevelNames } from './declarations.js'
import type { Insertions } from './recorded-edits.js'

/** Finds what loads ES modules, and what only they may hold, to make a script of one. */
export class ModuleSyntax {
  /** Whether there is an `import(…)`. */
  hasImportCall = false
  readonly #metas: MetaProperty[] = []

  readonly visitor: VisitorObject = {
    ImportExpression: () => {
      this.hasImportCall = true
    },
    MetaProperty: (node) => {
      if (node.meta.name === 'import') this.#metas.push(node)
    },
  }

  /**
   * A module's text with probes as a script, to be checked and not run. `probeImport` is what
   * imports the probes.
   */
  asScript({ body, hashbang }: Program, probed: ProbedText, probeImport: string): string {
    const { code, insertions } = probed
    // What is wrong with these shows when modules are linked; the text as it is will be rejected.
    if (!areExportsKnown(body)) return code
    const replaced: Replacement[] = [
      ...(hashbang === null ? [] : [replacing(hashbang, '')]),
      ...body.flatMap(inScript),
      ...this.#metas.map((node) => replacing(node, 'new.target')),
    ]
    const offsetOf = probedOffsets(insertions)
    // In a block, so that functions are declared as strictly as in a module; in parentheses, or V8
    // would put off half of the work, and run out of stack later than it does for a module.
    let script = '(async function(){"use strict";{'
    let at = 0
    for (const { start, end, text } of replaced.sort((a, b) => a.start - b.start)) {
      const from = offsetOf(start)
      script += code.slice(at, from) + text
      at = end === start ? from : offsetOf(end - 1) + 1
    }
    return `${script}${code.slice(at)}\n}})`.replace(probeImport, '')
  }
}

/** A text with probes, and where they are. */
interface ProbedText {
  readonly code: string
  readonly insertions: Insertions
}

/** A piece of the text without probes, and what stands for it in a script. */
interface Replacement {
  readonly start: number
  readonly end: number
  readonly text: string
}

function replacing({ start, end }: { readonly start: number; readonly end: number }, text: string): Replacement {
  return { start, end, text }
}

/** What of a statement of a module cannot stand in a script; declares the same names. */
function inScript(statement: Program['body'][number]): Replacement[] {
  switch (statement.type) {
    case 'ImportDeclaration': {
      const names = statement.specifiers.map(({ local }) => local.name)
      return [replacing(statement, names.length === 0 ? ';' : `;let ${names.join(',')};`)]
    }
    case 'ExportAllDeclaration':
      return [replacing(statement, ';')]
    case 'ExportNamedDeclaration':
      return [
        statement.declaration === null ? replacing(statement, ';') : before(statement, statement.declaration, ';'),
      ]
    case 'ExportDefaultDeclaration': {
      const { declaration } = statement
      if ('id' in declaration && declaration.id !== null && /Declaration$/.test(declaration.type)) {
        return [before(statement, declaration, ';')]
      }
      return [before(statement, declaration, '0,'), { start: declaration.end, end: declaration.end, text: ';' }]
    }
    default:
      return []
  }
}

function before(statement: Node, declaration: Node, text: string): Replacement {
  return { start: statement.start, end: declaration.start, text }
}

/** Whether a module declares the names that it exports; that it exports none twice, the parser sees. */
function areExportsKnown(body: Program['body']): boolean {
  const declared = new Set(topLevelNames(body.flatMap(declarationOf)))
  for (const statement of body) {
    if (statement.type === 'ImportDeclaration') for (const { local } of statement.specifiers) declared.add(local.name)
  }
  return body.every(
    (statement) =>
      statement.type !== 'ExportNamedDeclaration' ||
      statement.source !== null ||
      statement.specifiers.every(({ local }) => declared.has(nameOf(local))),
  )
}

function declarationOf(statement: Program['body'][number]): Statement[] {
  if (statement.type !== 'ExportNamedDeclaration' && statement.type !== 'ExportDefaultDeclaration') {
    return [statement]
  }
  return statement.declaration === null ? [] : [statement.declaration as Statement]
}

function nameOf(name: ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name
}

/** Offsets in the text with probes, behind what was inserted there, of ascending offsets in the text without. */
function probedOffsets({ offset, length }: Insertions): (original: number) => number {
  let next = 0
  let inserted = 0
  return (original) => {
    while (next < offset.length && offset[next] - inserted <= original) inserted += length[next++]
    return original + inserted
  }
}
