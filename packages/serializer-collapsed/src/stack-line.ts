/** Begins a file that could not be told for one of stacks otherwise; a comment to all programs. */
export const HEADER = '# collapsed stacks, in nanoseconds\n'

/** `root;child;leaf 123`; some programs write fractions. */
const STACK = /^(.*\S) +(\d+(?:\.\d+)?)\s*$/s

export function isStack(line: string): boolean {
  return STACK.test(line) && !/^\s*[[{]/.test(line)
}

/** The frames of a line, root first, and its count; undefined when it is no stack. */
export function parseStack(line: string): { frames: string[]; count: number } | undefined {
  const match = STACK.exec(line)
  return match === null ? undefined : { frames: match[1].split(';'), count: Number(match[2]) }
}

/**
 * A name as it can stand in a line: what parts frames and lines is replaced, and so is what would
 * read as a comment, or as a second number.
 */
export function frameText(name: string): string {
  const text = name
    .replaceAll(';', ':')
    .replace(BREAKS, ' ')
    .replace(/ (?=[\d.]+$)/, '_')
    .trim()
    .replace(/^#/, '_#')
  return text === '' ? '(anonymous)' : text
}

// eslint-disable-next-line no-control-regex -- the characters that end a line, or a file, somewhere
const BREAKS = /[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g
