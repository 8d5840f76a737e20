import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { cacheFolder, prune } from './cache-folder.js'

// Taken now: the program may put others in their place later, and would see what it did not do.
const { mkdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } = fs

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
      mkdirSync(this.#folder, { recursive: true })
      const partial = join(this.#folder, `${key}.${process.pid}.part`)
      writeFileSync(partial, bytes)
      renameSync(partial, this.#path(key))
      if (this.#writes++ % WRITES_PER_PRUNE === 0) prune(this.#folder)
    } catch {
      // The next run transforms again.
    }
  }

  #path(key: string): string {
    return join(this.#folder, key)
  }
}

/** The cache for what the bundle `transforms` makes; undefined when there is to be none. */
export function transformCache(environment: NodeJS.ProcessEnv, transforms: string): TransformCache | undefined {
  const folder = cacheFolder(environment)
  if (folder === undefined) return undefined
  // Another build makes other results.
  return new TransformCache(folder, createHash('sha1').update(readFileSync(transforms)).digest('hex'))
}

const CRC_BYTES = 4
const HEADER_BYTES = 8

const WRITES_PER_PRUNE = 100

const DAY_MS = 24 * 60 * 60 * 1000

/** The time of last use is that of the file, to the day: one more system call for each read would cost as much again. */
function markAsUsed(path: string): void {
  const now = new Date()
  if (now.getTime() - statSync(path).mtimeMs > DAY_MS) utimesSync(path, now, now)
}

function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)
}
