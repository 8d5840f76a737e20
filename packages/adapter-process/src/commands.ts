import fs from 'node:fs'
import { basename, resolve } from 'node:path'

// Taken now: a traced program may put others in their place.
const { closeSync, openSync, readSync } = fs

/** Whether a command is Node.js itself. */
export function isNode(file: string): boolean {
  const name = commandName(file)
  return name === 'node' || name === 'nodejs' || name === commandName(process.execPath)
}

/** Whether Node.js runs a program when it is started so: not when it only says something of itself. */
export function runsProgram(args: readonly string[]): boolean {
  const words = args.slice(1)
  const program = words.findIndex((word) => !word.startsWith('-'))
  return !words.slice(0, program === -1 ? words.length : program).some((word) => ASKS.has(word))
}

/** Whether a command is Node.js, or may start it: a shell, or a script. */
export function mayStartNode(file: string, cwd: string | undefined): boolean {
  return isNode(file) || STARTERS.has(commandName(file)) || isScript(file, cwd)
}

/** Whether a command that starts others, such as `env -i` or `timeout 5`, is to start Node.js with a program. */
export function wrapsNode(file: string, args: readonly string[]): boolean {
  if (!WRAPPERS.has(commandName(file))) return false
  const at = args.findIndex((word, index) => index > 0 && isNode(word))
  return at !== -1 && runsProgram(args.slice(at))
}

/** `git` of `/usr/bin/git` and `git.exe`. */
export function commandName(file: string): string {
  return basename(file).replace(/\.(exe|cmd|bat)$/i, '')
}

const ASKS = new Set(['-v', '--version', '-h', '--help', '-c', '--check', '--v8-options', '--completion-bash'])
const WRAPPERS = new Set(['env', 'timeout', 'nice', 'nohup', 'setsid', 'stdbuf', 'taskset', 'time', 'unshare', 'sudo'])
/** Shells and others that start what they are told to. */
export const STARTERS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash', 'cmd', 'env', 'npm', 'npx', 'pnpm', 'yarn'])

function isScript(file: string, cwd: string | undefined): boolean {
  if (!/[/\\]/.test(file)) return false
  try {
    const opened = openSync(resolve(cwd ?? '.', file), 'r')
    try {
      const head = new Uint8Array(2)
      return readSync(opened, head, 0, 2, 0) === 2 && head[0] === HASH && head[1] === BANG
    } finally {
      closeSync(opened)
    }
  } catch {
    return false
  }
}

const HASH = 0x23
const BANG = 0x21
