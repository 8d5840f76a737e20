import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'

// Taken now: the program may put others in their place later, and would see what it did not do.
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } = fs

/** What is kept of one transformation: a text, and facts about it as JSON. */
export interface CacheEntry {
  readonly facts: unknown
  readonly text: string
}

/**
 * Results of transformations on disk, one file each, named by a hash of everything they depend on.
 * Any number of processes may use a folder at once: a file appears whole or not at all. What
 * cannot be read or written is done without.
 *
 * ```
 * file    crc32 of the rest u32 | byteLength of facts u32 | facts, JSON in UTF-8 | text, UTF-8
 * ```
 */
export class TransformCache {
  readonly #folder: string
  /** Part of every key: what made the results. */
  readonly #version: string
  #writes = 0

  constructor(folder: string, version: string) {
    this.#folder = folder
    this.#version = version
  }

  key(kind: string, parameters: readonly string[], text: string): string {
    const hash = createHash('sha1')
    for (const part of [this.#version, kind, ...parameters, text]) hash.update(`${part.length}:`).update(part)
    return hash.digest('hex')
  }

  read(key: string): CacheEntry | undefined {
    const path = this.#path(key)
    try {
      const bytes = readFileSync(path)
      if (crc32(bytes.subarray(CRC_BYTES)) !== bytes.readUInt32LE(0)) return undefined
      const textStart = HEADER_BYTES + bytes.readUInt32LE(CRC_BYTES)
      const facts: unknown = JSON.parse(bytes.toString('utf8', HEADER_BYTES, textStart))
      markAsUsed(path)
      return { facts, text: bytes.toString('utf8', textStart) }
    } catch {
      return undefined
    }
  }

  write(key: string, { facts, text }: CacheEntry): void {
    // A lone surrogate would come back as another character.
    if (!isWellFormed(text)) return
    const factBytes = Buffer.from(JSON.stringify(facts))
    const header = Buffer.alloc(HEADER_BYTES)
    header.writeUInt32LE(factBytes.byteLength, CRC_BYTES)
    const bytes = Buffer.concat([header, factBytes, Buffer.from(text)])
    bytes.writeUInt32LE(crc32(bytes.subarray(CRC_BYTES)), 0)
    try {
      makeFolder(this.#folder)
      const partial = join(this.#folder, `${key}.${process.pid}.part`)
      writeFileSync(partial, bytes)
      renameSync(partial, this.#path(key))
      if (this.#writes++ % WRITES_PER_PRUNE === 0) prune(this.#folder, MAX_BYTES)
    } catch {
      // The next run transforms again.
    }
  }

  #path(key: string): string {
    return join(this.#folder, key)
  }
}

/** Environment variable: another folder for the cache, or `off`. */
const CACHE_VARIABLE = 'TRACER_CACHE'

/** The folder of the cache; undefined when there is to be none. */
function cacheFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const wanted = environment[CACHE_VARIABLE]
  if (wanted === 'off') return undefined
  if (wanted !== undefined && wanted !== '') return wanted
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'tracer')
}

/** The cache for what the bundle `transforms` makes; undefined when there is to be none. */
export function transformCache(environment: NodeJS.ProcessEnv, transforms: string): TransformCache | undefined {
  const folder = cacheFolder(environment)
  if (folder === undefined) return undefined
  // Another build makes other results, and another V8, or less stack, may reject what this one accepted.
  const stack = process.execArgv.filter((option) => /^--stack[-_]size/.test(option))
  const version = createHash('sha1')
    .update(readFileSync(transforms))
    .update([process.versions.v8, ...stack].join())
  return new TransformCache(folder, version.digest('hex'))
}

/** Empties the cache, and says how much there was. */
export function clearCache(environment: NodeJS.ProcessEnv): { readonly files: number; readonly bytes: number } {
  const folder = cacheFolder(environment)
  const files = folder === undefined ? [] : filesOf(folder)
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** Removes what has not been used for longest until the folder is under its limit. */
export function prune(folder: string, maxBytes: number): void {
  const files = filesOf(folder).sort((a, b) => b.usedMs - a.usedMs)
  let total = 0
  for (const { path, bytes } of files) {
    total += bytes
    if (total > maxBytes) rmSync(path, { force: true })
  }
}

const CRC_BYTES = 4
const HEADER_BYTES = 8

/** Room for 100 programs that load 5 MB of JavaScript each. */
const MAX_BYTES = 512 * 1024 * 1024

const WRITES_PER_PRUNE = 100

const DAY_MS = 24 * 60 * 60 * 1000

interface CachedFile {
  readonly path: string
  readonly bytes: number
  readonly usedMs: number
}

function filesOf(folder: string): CachedFile[] {
  try {
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name)
      const stats = statSync(path, { throwIfNoEntry: false })
      return stats?.isFile() ? [{ path, bytes: stats.size, usedMs: stats.mtimeMs }] : []
    })
  } catch {
    return []
  }
}

/** The time of last use is that of the file, to the day: one more system call for each read would cost as much again. */
function markAsUsed(path: string): void {
  const now = new Date()
  if (now.getTime() - statSync(path).mtimeMs > DAY_MS) utimesSync(path, now, now)
}

/** Not by the option `recursive`: below `/proc` that never ends. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolder(parent)
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error
  }
}

function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)
}
