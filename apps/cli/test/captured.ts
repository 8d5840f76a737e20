import { PassThrough } from 'node:stream'
import type { Output } from '../src/io.js'

/** An output that remembers what was written to it. */
export interface Captured extends Output {
  readonly text: () => string
}

export function captured(terminal: { readonly isTTY?: boolean; readonly columns?: number } = {}): Captured {
  const stream = new PassThrough()
  const pieces: Buffer[] = []
  stream.on('data', (piece: Buffer) => pieces.push(piece))
  return Object.assign(stream, terminal, { text: () => Buffer.concat(pieces).toString() })
}

/** The lines of a text that stands indented in a test. */
export function lines(template: string): string[] {
  const inner = template.split('\n').slice(1, -1)
  const indent = Math.min(...inner.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)))
  return inner.map((line) => line.slice(indent))
}
