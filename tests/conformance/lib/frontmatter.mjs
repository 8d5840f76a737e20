/**
 * What a test of test262 says about itself, as far as running it needs.
 *
 * @typedef {object} Frontmatter
 * @property {ReadonlySet<string>} flags
 * @property {readonly string[]} includes
 * @property {{ readonly phase: string, readonly type: string } | undefined} negative
 */

/**
 * Reads the YAML between the marks of a test. Only the few shapes of YAML that test262 uses for
 * these three keys.
 *
 * @param {string} text
 * @returns {Frontmatter}
 */
export function readFrontmatter(text) {
  const yaml = /\/\*---([\s\S]*?)---\*\//.exec(text)?.[1]?.replace(/\r\n?/g, '\n') ?? ''
  const negative = valueOf(yaml, 'negative')
  return {
    flags: new Set(listOf(valueOf(yaml, 'flags'))),
    includes: listOf(valueOf(yaml, 'includes')),
    negative:
      negative === undefined
        ? undefined
        : { phase: scalarOf(negative, 'phase') ?? 'runtime', type: scalarOf(negative, 'type') ?? 'Error' },
  }
}

/**
 * The text after `key:`, up to the next line that begins with a key.
 *
 * @param {string} yaml
 * @param {string} key
 */
function valueOf(yaml, key) {
  return new RegExp(`(?:^|\\n)${key}:([\\s\\S]*?)(?=\\n[^\\s#-]|$)`).exec(yaml)?.[1]
}

/**
 * `[a, b]` or lines of `- a`.
 *
 * @param {string | undefined} value
 */
function listOf(value) {
  return (value ?? '').split(/[[\],\s]+|(?:^|\s)-\s+/).filter((item) => item !== '' && item !== '-')
}

/**
 * @param {string} block
 * @param {string} key
 */
function scalarOf(block, key) {
  return new RegExp(`${key}:\\s*(\\S+)`).exec(block)?.[1]
}
