/** @typedef {'sloppy' | 'strict' | 'module'} Mode */

/**
 * The modes in which a test is to be run.
 *
 * @param {ReadonlySet<string>} flags
 * @returns {readonly Mode[]}
 */
export function modesOf(flags) {
  if (flags.has('module')) return ['module']
  if (flags.has('onlyStrict')) return ['strict']
  if (flags.has('noStrict') || flags.has('raw')) return ['sloppy']
  return ['sloppy', 'strict']
}

/**
 * @param {string} text
 * @param {Mode} mode
 */
export function textInMode(text, mode) {
  return mode === 'strict' ? `"use strict";\n${text}` : text
}
