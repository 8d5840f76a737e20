import type { BindingPattern, Directive, Function as FunctionNode, ParamPattern, Statement } from 'oxc-parser'

/**
 * Whether a function's statements can stand in a `try` block instead of directly in its body.
 *
 * Function declarations are what can stop them: directly in a body they behave like `var`, in a
 * block like `let`. That is the same to the program as long as no other name of the function
 * equals theirs, and no `eval` declares one.
 */
export function canMoveIntoBlock(
  statements: readonly (Directive | Statement)[],
  params: readonly ParamPattern[],
  text: string,
): boolean {
  const functions = statements.flatMap(declaredFunction)
  if (functions.length === 0) return true
  if (/\beval\b/.test(text)) return false
  const taken = new Set<string>(['arguments'])
  for (const param of params) collectNames(param, taken)
  for (const statement of statements) collectVars(statement, taken)
  for (const name of functions) {
    if (taken.has(name)) return false
    taken.add(name)
  }
  return true
}

/** Names declared at the top of a program, as `var`, `let`, `class`, `function` or import. */
export function topLevelNames(statements: readonly (Directive | Statement)[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const statement of statements) {
    for (const name of declaredFunction(statement)) names.add(name)
    if (statement.type === 'ClassDeclaration' && statement.id !== null) names.add(statement.id.name)
    if (statement.type === 'VariableDeclaration') {
      for (const { id } of statement.declarations) collectNames(id, names)
    }
    collectVars(statement, names)
  }
  return names
}

function declaredFunction(statement: Directive | Statement | FunctionNode): string[] {
  if (statement.type === 'LabeledStatement') return declaredFunction(statement.body)
  if (statement.type !== 'FunctionDeclaration' || statement.id === null) return []
  return [statement.id.name]
}

/** Adds the names that `var` declares in a statement and the statements within it. */
function collectVars(statement: Directive | Statement | null, names: Set<string>): void {
  if (statement === null) return
  switch (statement.type) {
    case 'VariableDeclaration':
      if (statement.kind === 'var') for (const { id } of statement.declarations) collectNames(id, names)
      return
    case 'BlockStatement':
      for (const inner of statement.body) collectVars(inner, names)
      return
    case 'IfStatement':
      collectVars(statement.consequent, names)
      collectVars(statement.alternate, names)
      return
    case 'ForStatement':
      if (statement.init?.type === 'VariableDeclaration') collectVars(statement.init, names)
      collectVars(statement.body, names)
      return
    case 'ForInStatement':
    case 'ForOfStatement':
      if (statement.left.type === 'VariableDeclaration') collectVars(statement.left, names)
      collectVars(statement.body, names)
      return
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'WithStatement':
    case 'LabeledStatement':
      collectVars(statement.body, names)
      return
    case 'SwitchStatement':
      for (const { consequent } of statement.cases) {
        for (const inner of consequent) collectVars(inner, names)
      }
      return
    case 'TryStatement':
      collectVars(statement.block, names)
      collectVars(statement.handler?.body ?? null, names)
      collectVars(statement.finalizer, names)
      return
    default:
      return
  }
}

function collectNames(pattern: BindingPattern | ParamPattern, names: Set<string>): void {
  switch (pattern.type) {
    case 'Identifier':
      names.add(pattern.name)
      return
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        collectNames(property.type === 'RestElement' ? property.argument : property.value, names)
      }
      return
    case 'ArrayPattern':
      for (const element of pattern.elements) {
        if (element !== null) collectNames(element.type === 'RestElement' ? element.argument : element, names)
      }
      return
    case 'AssignmentPattern':
      collectNames(pattern.left, names)
      return
    case 'RestElement':
      collectNames(pattern.argument, names)
      return
    case 'TSParameterProperty':
      collectNames(pattern.parameter, names)
      return
  }
}
