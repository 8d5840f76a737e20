import fs from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { cacheFolder, prune } from './cache-folder.js'

// Taken now: the program may put others in their place later, and would see what it did not do.
const { closeSync, existsSync, fstatSync, futimesSync, mkdirSync, openSync, readFileSync, readSync, renameSync } = fs
const { writeFileSync } = fs

/** What a transformation depends on, besides the code of the transforms. */
export interface CacheKey {
  readonly kind: string
  readonly parameters: readonly string[]
  /** The text that is transformed. */
  readonly input: string
}

/** What is kept of one transformation. */
export interface CacheEntry {
  /** Small facts, kept as JSON. */
  readonly facts: unknown
  /** JSON text that is handed on as it is. */
  readonly sites: string
  readonly numbers: Int32Array
  readonly text: string
}

/**
 * Results of transformations on disk, one file each. It holds all that the result depends on, and
 * counts only when that is the same to the last character: comparing costs less than a hash that
 * could stand for it. Any number of processes may use a folder at once: a file appears whole or
 * not at all. What cannot be read or written is done without.
 *
 * The parts of a file are texts, except for the numbers, in the machine's byte order.
 *
 * ```
 * file    crc32 of all up to the input u32 | for each part: byteLength u32, bytes of a character u32
 *         | numbers | facts | sites | text | parameters | input
 * ```
 */
export class TransformCache {
  readonly #folder: string
  /** What made the results. */
  readonly #version: string
  #writes = 0

  constructor(folder: string, version: string) {
    this.#folder = folder
    this.#version = version
  }

  read(key: CacheKey): CacheEntry | undefined {
    let fd: number | undefined
    try {
      fd = openSync(this.#path(key), 'r')
      const { size, mtimeMs } = fstatSync(fd)
      const inputStart = size - key.input.length * bytesPerCharacter(key.input)
      const bytes = readFrom(fd, 0, inputStart)
      const parts = partsOf(bytes)
      if (parts === undefined) return undefined
      const [numbers, facts, sites, text, parameters, input] = parts
      if (input.start !== inputStart || input.end !== size) return undefined
      if (crc32(bytes.subarray(CRC_BYTES)) !== bytes.readUInt32LE(0)) return undefined
      if (textOf(bytes, parameters) !== this.#parameters(key) || !holds(fd, input, key.input)) return undefined
      markAsUsed(fd, mtimeMs)
      return {
        facts: JSON.parse(textOf(bytes, facts)) as unknown,
        sites: textOf(bytes, sites),
        numbers: new Int32Array(bytes.buffer.slice(bytes.byteOffset + numbers.start, bytes.byteOffset + numbers.end)),
        text: textOf(bytes, text),
      }
    } catch {
      return undefined
    } finally {
      if (fd !== undefined) closeSync(fd)
    }
  }

  write(key: CacheKey, { facts, sites, numbers, text }: CacheEntry): void {
    const texts = [JSON.stringify(facts), sites, text, this.#parameters(key), key.input]
    const parts = [Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength), ...texts.map(bytesOf)]
    const header = Buffer.alloc(HEADER_BYTES)
    parts.forEach(({ byteLength }, i) => {
      header.writeUInt32LE(byteLength, CRC_BYTES + i * PART_BYTES)
      header.writeUInt32LE(i === 0 ? 0 : bytesPerCharacter(texts[i - 1]), CRC_BYTES + i * PART_BYTES + 4)
    })
    const bytes = Buffer.concat([header, ...parts])
    const input = parts[parts.length - 1].byteLength
    bytes.writeUInt32LE(crc32(bytes.subarray(CRC_BYTES, bytes.byteLength - input)), 0)
    try {
      const path = this.#path(key)
      makeFolder(this.#folder)
      const partial = `${path}.${process.pid}.part`
      writeFileSync(partial, bytes)
      renameSync(partial, path)
      if (this.#writes++ % WRITES_PER_PRUNE === 0) prune(this.#folder)
    } catch {
      // The next run transforms again.
    }
  }

  /** In a form that only the same parameters have. */
  #parameters({ kind, parameters }: CacheKey): string {
    return JSON.stringify([this.#version, kind, ...parameters])
  }

  /** Two keys may share a name: the later one keeps it. */
  #path(key: CacheKey): string {
    const parameters = this.#parameters(key)
    return join(
      this.#folder,
      [crc32(parameters), parameters.length, key.input.length].map((n) => n.toString(36)).join('-'),
    )
  }
}

/** The cache for what the bundle `transforms` makes; undefined when there is to be none. */
export function transformCache(environment: NodeJS.ProcessEnv, transforms: string): TransformCache | undefined {
  const folder = cacheFolder(environment)
  if (folder === undefined) return undefined
  // Another build makes other results, and another V8, or less stack, may reject what this one accepted.
  const bundle = readFileSync(transforms)
  const stack = process.execArgv.filter((option) => /^--stack[-_]size/.test(option))
  const version = [bundle.byteLength, crc32(bundle), process.versions.v8, ...stack].join('-')
  return new TransformCache(folder, version)
}

const CRC_BYTES = 4
const PARTS = 6
const PART_BYTES = 8
const HEADER_BYTES = CRC_BYTES + PARTS * PART_BYTES

const WRITES_PER_PRUNE = 100

const DAY_MS = 24 * 60 * 60 * 1000

/** The time of last use is that of the file, to the day: one more system call for each read would cost as much again. */
function markAsUsed(fd: number, mtimeMs: number): void {
  const now = new Date()
  if (now.getTime() - mtimeMs > DAY_MS) futimesSync(fd, now, now)
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

/** Where a part lies in a file. */
interface Part {
  readonly start: number
  readonly end: number
  readonly isWide: boolean
}

/** `bytes` are those before the last part. Undefined for what cannot be the beginning of such a file. */
function partsOf(bytes: Buffer): Part[] | undefined {
  if (bytes.byteLength < HEADER_BYTES) return undefined
  const parts: Part[] = []
  let start = HEADER_BYTES
  for (let i = 0; i < PARTS; i++) {
    const at = CRC_BYTES + i * PART_BYTES
    const end = start + bytes.readUInt32LE(at)
    parts.push({ start, end, isWide: bytes.readUInt32LE(at + 4) === WIDE })
    start = end
  }
  return parts
}

/** @throws RangeError where the file ends before. */
function readFrom(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length)
  fill(fd, bytes, position)
  return bytes
}

function fill(fd: number, bytes: Buffer, position: number): void {
  let filled = 0
  while (filled < bytes.byteLength) {
    const read = readSync(fd, bytes, filled, bytes.byteLength - filled, position + filled)
    if (read === 0) throw new RangeError('the file ends too early')
    filled += read
  }
}

/**
 * Whether a part of a file holds a text, of which it has the length. Piece by piece, in memory that stays in the
 * processor's cache, which takes a quarter of the time of making a text of the part.
 */
function holds(fd: number, { start, isWide }: Part, text: string): boolean {
  const width = bytesPerCharacter(text)
  if (isWide !== (width === WIDE)) return false
  const length = Math.min(text.length, PIECE)
  const [kept, wanted] = [Buffer.allocUnsafeSlow(length * width), Buffer.allocUnsafeSlow(length * width)]
  for (let at = 0; at < text.length; at += length) {
    const piece = text.slice(at, at + length)
    const bytes = wanted.write(piece, width === WIDE ? 'utf16le' : 'latin1')
    fill(fd, kept.subarray(0, bytes), start + at * width)
    if (kept.compare(wanted, 0, bytes, 0, bytes) !== 0) return false
  }
  return true
}

const PIECE = 256 * 1024

/** As V8 holds texts, so that nothing has to be decoded: one byte a character, or two where one is not enough. */
function bytesPerCharacter(text: string): number {
  return /[\u0100-\uffff]/.test(text) ? WIDE : 1
}

const WIDE = 2

function bytesOf(text: string): Buffer {
  return Buffer.from(text, bytesPerCharacter(text) === WIDE ? 'utf16le' : 'latin1')
}

function textOf(bytes: Buffer, { start, end, isWide }: Part): string {
  return bytes.toString(isWide ? 'utf16le' : 'latin1', start, end)
}
