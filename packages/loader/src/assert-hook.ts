import { createRequire } from 'node:module'
import { types } from 'node:util'
import { framesAsTheyRun } from './frames.js'
import type { InstrumentedTexts } from './instrumented-texts.js'

/**
 * Lets the message of `assert(expression)` show the expression. Node.js 20 takes the column from
 * V8 and reads the file there, with functions that it takes from `fs` when `assert` is first
 * loaded: loaded here, it gets some that move the file's lines to the columns of the text that
 * runs. The function that is returned does so once.
 */
export function hookAssert(texts: InstrumentedTexts): () => void {
  let isLoaded = false
  return () => {
    if (isLoaded) return
    isLoaded = true
    const require = createRequire(__filename)
    const fs = require('node:fs') as FileSystem
    const { openSync, readSync, closeSync } = fs
    Object.assign(fs, readersFor(fs, texts))
    try {
      require('node:assert')
    } finally {
      Object.assign(fs, { openSync, readSync, closeSync })
    }
  }
}

/**
 * From some 22 on, Node.js takes the expression from the line that runs, with the probes around an
 * `await` or `yield` in it. The error is not the program's yet when its stack is first formatted,
 * by its own constructor: there the message can still be mended.
 */
export function mendAssertion(error: unknown, texts: InstrumentedTexts): void {
  if (!types.isNativeError(error)) return
  const message = Object.getOwnPropertyDescriptor(error, 'message')
  if (typeof message?.value !== 'string' || !message.value.includes('$t')) return
  const { 1: heading, 2: expression } = SHOWN.exec(message.value) ?? []
  const written = expression === undefined ? undefined : texts.withoutProbes(expression)
  if (written !== undefined) Object.defineProperty(error, 'message', { ...message, value: `${heading}${written}\n` })
}

const SHOWN = /^(The expression evaluated to a falsy value:\n\n {2})(.*)\n$/s

/** The functions of `fs` that `assert` works with. */
type FileSystem = Pick<typeof import('node:fs'), 'openSync' | 'readSync' | 'closeSync' | 'readFileSync'>
type Readers = Pick<FileSystem, 'openSync' | 'closeSync'> & {
  readonly readSync: (file: number, buffer: NodeJS.ArrayBufferView, offset: number, length: number) => number
}

function readersFor({ openSync, readSync, closeSync, readFileSync }: FileSystem, texts: InstrumentedTexts): Readers {
  /** What is left to read of a file that is open and has been moved. */
  const moved = new Map<number, Buffer>()
  return {
    openSync: (path, flags, mode) => {
      const file = openSync(path, flags, mode)
      const site = framesAsTheyRun().find((frame) => isCaller(frame.getFileName()))
      const [line, column] = [site?.getLineNumber(), site?.getColumnNumber()]
      const text = texts.get(String(path))
      if (text === undefined || line == null || column == null) return file
      const shift = column - text.originalColumn(line, column)
      moved.set(file, movedFrom(readFileSync(file, 'utf8'), line, shift))
      return file
    },
    readSync: (file, buffer, offset, length) => {
      const rest = moved.get(file)
      if (rest === undefined) return readSync(file, buffer, offset, length, null)
      const target = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength)
      const read = rest.copy(target, offset, 0, length)
      moved.set(file, rest.subarray(read))
      return read
    },
    closeSync: (file) => {
      moved.delete(file)
      closeSync(file)
    },
  }
}

function isCaller(file: string | null | undefined): boolean {
  return file?.startsWith('node:') === false && file !== __filename
}

/** All lines from one on, so that an expression of several keeps its indentation. */
function movedFrom(text: string, line: number, shift: number): Buffer {
  const lines = text.split('\n')
  const indent = ' '.repeat(shift)
  return Buffer.from(lines.map((content, i) => (i < line - 1 ? content : indent + content)).join('\n'))
}
