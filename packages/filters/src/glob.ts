/**
 * A glob as an expression for paths with `/`: `*` and `?` stay within a folder, `**` does not, `{a,b}` is
 * either. What does not begin with `/` may begin at any folder, and all below what it names is meant, too.
 */
export function globExpression(glob: string): RegExp {
  const plain = glob.replace(/^\.\//, '').replace(/\/+$/, '')
  return new RegExp(`${plain.startsWith('/') ? '^' : '(?:^|/)'}${translated(plain)}(?:/|$)`, 's')
}

/** What stands for a piece of a glob; everything else stands for itself. */
const PIECES: readonly (readonly [RegExp, (braces: number) => string])[] = [
  [/^\*\*\//, () => '(?:[^/]+/)*'],
  [/^\*\*/, () => '.*'],
  [/^\*/, () => '[^/]*'],
  [/^\?/, () => '[^/]'],
  [/^\{/, () => '(?:'],
  [/^\}/, (braces) => (braces > 0 ? ')' : '\\}')],
  [/^,/, (braces) => (braces > 0 ? '|' : ',')],
]

function translated(glob: string): string {
  let expression = ''
  let braces = 0
  for (let rest = glob; rest !== '';) {
    const piece = PIECES.find(([pattern]) => pattern.test(rest))
    const length = piece?.[0].exec(rest)?.[0].length ?? 1
    expression += piece === undefined ? rest.slice(0, 1).replace(/[\\^$.|+()[\]]/, '\\$&') : piece[1](braces)
    if (rest.startsWith('{')) braces++
    if (rest.startsWith('}') && braces > 0) braces--
    rest = rest.slice(length)
  }
  // A brace that is not closed ends with the glob.
  return expression + ')'.repeat(braces)
}
