import type { TraceSerializer } from '@tracer/core'
import { createRequire } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CliError, systemCode } from '../cli-error.js'

/**
 * Loads the serializer that `--serializer` names: a package, as found from the working directory, or a
 * file or folder by a path that begins with `.` or `/`. Its default export is the serializer, or a
 * function that gives it.
 * @throws CliError with code `SERIALIZER_NOT_USABLE`.
 */
export async function ownSerializer(name: string, cwd: string): Promise<TraceSerializer> {
  const exported = await defaultExport(name, cwd)
  const made = isFactory(exported) ? await callFactory(name, exported) : exported
  if (isSerializer(made)) return made
  throw new CliError(
    'SERIALIZER_NOT_USABLE',
    `'${name}' is no serializer: ${lackOf(made)}.`,
    'Its default export has to be a TraceSerializer of @tracer/core, or a function that returns one.',
  )
}

async function defaultExport(name: string, cwd: string): Promise<unknown> {
  try {
    const module: unknown = await import(pathToFileURL(locate(name, cwd)).href)
    const { default: exported } = toFields(module)
    // The default export of a CommonJS module that was compiled from an ES module.
    return typeof exported === 'object' && exported !== null && 'default' in exported ? exported.default : exported
  } catch (error) {
    const code = systemCode(error)
    const isMissing = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND'
    throw new CliError(
      'SERIALIZER_NOT_USABLE',
      `The serializer '${name}' cannot be loaded: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
      isMissing
        ? `Install it (npm install ${name}), or name a file: --serializer ./my-serializer.js`
        : 'Mend it first.',
      { cause: error },
    )
  }
}

/** Node.js knows folders and leaves out endings only for `require`. */
function locate(name: string, cwd: string): string {
  const isPath = isAbsolute(name) || /^\.{0,2}[/\\]|^\.{1,2}$/.test(name)
  return createRequire(join(cwd, 'tracer')).resolve(isPath ? resolve(cwd, name) : name)
}

type Factory = () => unknown

function isFactory(value: unknown): value is Factory {
  return typeof value === 'function'
}

async function callFactory(name: string, factory: Factory): Promise<unknown> {
  try {
    return await factory()
  } catch (error) {
    throw new CliError(
      'SERIALIZER_NOT_USABLE',
      `The serializer '${name}' fails when it is made: ${error instanceof Error ? error.message : String(error)}`,
      'Mend it first.',
      { cause: error },
    )
  }
}

function isSerializer(value: unknown): value is TraceSerializer {
  return lackOf(value) === undefined
}

/** What a value lacks to be a serializer; undefined when it is one. */
function lackOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return `its default export is ${value === null ? 'null' : typeof value}`
  }
  const { id, extensions, serialize } = toFields(value)
  if (typeof id !== 'string') return 'it has no id'
  if (!Array.isArray(extensions)) return 'it has no list of extensions'
  return typeof serialize === 'function' ? undefined : 'it has no function serialize'
}

function toFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
