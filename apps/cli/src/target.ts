import { accessSync, closeSync, constants, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { basename, delimiter, dirname, extname, join, resolve, sep } from 'node:path'
import { CliError } from './cli-error.js'
import { COMMANDS } from './commands.js'
import { nearest } from './nearest.js'
import { ownPackageOf } from './own-package.js'

/** What will be started. */
export interface Target {
  readonly command: string
  readonly args: readonly string[]
  /** The package of `node_modules` that the command is part of, and so is traced as the user's own. */
  readonly ownPackage?: string
}

/** Endings that may be left out, in the order in which they are tried. */
const SCRIPT_EXTENSIONS = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.tsx', '.jsx']
/** A first line is read up to here: Linux itself looks at 256 bytes. */
const SHEBANG_BYTES = 256

/**
 * Finds what a person means by `name`: a file, else a command of `node_modules/.bin` from `cwd`
 * upwards, else one of PATH, else a folder that Node can run.
 * @throws CliError with code `TARGET_NOT_FOUND`, which says where was looked and what is near.
 */
export function resolveTarget(name: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Target {
  const file = findFile(resolve(cwd, name))
  if (file !== undefined) return fileTarget(file, args)
  if (basename(name) === name) {
    const bin = findCommand(name, [...binFolders(cwd), ...pathFolders(env)])
    if (bin !== undefined) return withOwnPackage({ command: bin, args }, bin)
  }
  const folder = resolve(cwd, name)
  if (isFolder(folder) && ['package.json', 'index.js'].some((entry) => existsSync(join(folder, entry)))) {
    return { command: process.execPath, args: [folder, ...args] }
  }
  throw notFound(name, cwd, env)
}

/** The target of `-e`: `--` keeps Node from taking the arguments for its own. */
export function evalTarget(code: string, args: readonly string[]): Target {
  return { command: process.execPath, args: ['-e', code, ...(args.length === 0 ? [] : ['--', ...args])] }
}

function findFile(path: string): string | undefined {
  return [path, ...SCRIPT_EXTENSIONS.map((extension) => path + extension)].find(isFile)
}

// A file that is no script is started like in a shell: a program of another language may start Node.
function fileTarget(file: string, args: readonly string[]): Target {
  const isScript = SCRIPT_EXTENSIONS.includes(extname(file)) || !isExecutable(file) || isNodeScript(file)
  const target = isScript ? { command: process.execPath, args: [file, ...args] } : { command: file, args }
  return withOwnPackage(target, file)
}

function withOwnPackage(target: Target, file: string): Target {
  const ownPackage = ownPackageOf(file)
  return ownPackage === undefined ? target : { ...target, ownPackage }
}

function isNodeScript(file: string): boolean {
  const head = Buffer.alloc(SHEBANG_BYTES)
  const descriptor = openSync(file, 'r')
  try {
    const length = readSync(descriptor, head, 0, SHEBANG_BYTES, 0)
    return /^#!.*\bnode\b/.test(head.toString('latin1', 0, length))
  } finally {
    closeSync(descriptor)
  }
}

function findCommand(name: string, folders: readonly string[]): string | undefined {
  // On Windows commands are files such as `eslint.cmd`.
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']
  return folders
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find((path) => isFile(path) && isExecutable(path))
}

function binFolders(cwd: string): string[] {
  const folders: string[] = []
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (basename(folder) !== 'node_modules') folders.push(join(folder, 'node_modules', '.bin'))
    if (folder === dirname(folder)) return folders
  }
}

function pathFolders(env: NodeJS.ProcessEnv): string[] {
  return (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
}

function notFound(name: string, cwd: string, env: NodeJS.ProcessEnv): CliError {
  const path = resolve(cwd, name)
  const isPath = basename(name) !== name
  const files = namesIn(dirname(path))
  const bins = isPath ? [] : binFolders(cwd).flatMap(namesIn)
  const commands = COMMANDS.map((command) => command.name)
  const meant =
    nearest(basename(name), [...files, ...files.map(withoutExtension), ...commands, ...bins]) ??
    (isPath ? undefined : nearest(name, pathFolders(env).flatMap(namesIn)))
  const inFolder = isPath ? join(dirname(name), sep) : ''
  if (isFolder(path)) {
    return new CliError(
      'TARGET_NOT_FOUND',
      `'${name}' is a folder without a package.json or an index.js.`,
      `Name a file in it: tracer ${join(name, '<file>')}`,
    )
  }
  const looked = isPath
    ? `There is no file '${name}'.`
    : `There is no file '${name}', and no command of that name in node_modules/.bin or on PATH.`
  return new CliError(
    'TARGET_NOT_FOUND',
    meant === undefined ? looked : `${looked} Did you mean ${inFolder}${meant}?`,
    'Usage: tracer [options] <file | bin | command> [args...]',
  )
}

function withoutExtension(name: string): string {
  const extension = extname(name)
  return SCRIPT_EXTENSIONS.includes(extension) ? name.slice(0, -extension.length) : name
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'))
  } catch {
    return []
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
