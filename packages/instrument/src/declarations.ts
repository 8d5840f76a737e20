import type { BindingPattern, Directive, Function as FunctionNode, ParamPattern, Statement } from 'oxc-parser'

/**
 * Whether a function's statements can stand in a `try` block instead of directly in its body.
 *
 * Function declarations are what can stop them: directly in a body they behave like `var`, in a
 * block like `let`. That is the same to the program as long as no other name of the function
 * equals theirs, and no `eval` declares one.
 *
 * A `let` with the name of a parameter is an error in a body and none in a block; so is one with
 * the name of a `var`, to V8 until Node 22, in a block of a static block. The program is to get
 * its error.
 */
export function canMoveIntoBlock(
  statements: readonly (Directive | Statement)[],
  params: readonly ParamPattern[],
  text: string,
): boolean {
  const functions = statements.flatMap(declaredFunction)
  const lexical = new Set<string>()
  for (const statement of statements) collectLexical(statement, lexical)
  if (functions.length === 0 && lexical.size === 0) return true
  if (functions.length > 0 && /\beval\b/.test(text)) return false
  const taken = new Set<string>()
  for (const param of params) collectNames(param, taken)
  for (const statement of statements) collectVars(statement, taken)
  for (const name of lexical) if (taken.has(name)) return false
  taken.add('arguments')
  for (const name of functions) {
    if (taken.has(name)) return false
    taken.add(name)
  }
  return functions.length === 0 || !statements.some((statement) => hoistsFunction(statement, functions))
}

/**
 * Whether a block declares a function with one of the names. Outside strict mode, evaluating it
 * also sets the variable of that name directly in the body, but not one in a block.
 */
function hoistsFunction(statement: Directive | Statement | null, names: readonly string[]): boolean {
  const isDeclared = (inner: Statement) => {
    return declaredFunction(inner).some((name) => names.includes(name)) || hoistsFunction(inner, names)
  }
  switch (statement?.type) {
    case 'BlockStatement':
      return statement.body.some(isDeclared)
    case 'IfStatement':
      return [statement.consequent, statement.alternate].some((branch) => branch !== null && isDeclared(branch))
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'WithStatement':
    case 'LabeledStatement':
      return hoistsFunction(statement.body, names)
    case 'SwitchStatement':
      return statement.cases.some(({ consequent }) => consequent.some(isDeclared))
    case 'TryStatement':
      return [statement.block, statement.handler?.body, statement.finalizer].some(
        (block) => block != null && hoistsFunction(block, names),
      )
    default:
      return false
  }
}

/** Names declared at the top of a program, as `var`, `let`, `class`, `function` or import. */
export function topLevelNames(statements: readonly (Directive | Statement)[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const statement of statements) {
    for (const name of declaredFunction(statement)) names.add(name)
    collectLexical(statement, names)
    collectVars(statement, names)
  }
  return names
}

function declaredFunction(statement: Directive | Statement | FunctionNode): string[] {
  if (statement.type === 'LabeledStatement') return declaredFunction(statement.body)
  if (statement.type !== 'FunctionDeclaration' || statement.id === null) return []
  return [statement.id.name]
}

/** Adds the names that a statement declares as `let`, `const`, `using` or `class`. */
function collectLexical(statement: Directive | Statement, names: Set<string>): void {
  if (statement.type === 'ClassDeclaration' && statement.id !== null) names.add(statement.id.name)
  if (statement.type === 'VariableDeclaration' && statement.kind !== 'var') {
    for (const { id } of statement.declarations) collectNames(id, names)
  }
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
