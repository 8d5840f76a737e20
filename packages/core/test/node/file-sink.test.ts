import { mkdtemp, readFile, readdir, rm, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileSink } from '../../src/node/index.js'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracer-core-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('fileSink', () => {
  it('makes the folders above the file', async () => {
    const sink = fileSink(join(folder, 'a/b/trace.json'))
    await sink.write(text('one '))
    await sink.write(text('two'))
    await sink.close?.()
    expect(await readFile(join(folder, 'a/b/trace.json'), 'utf8')).toBe('one two')
  })

  it('shows the final name only when the file is whole', async () => {
    const sink = fileSink(join(folder, 'trace.json'))
    await sink.write(text('half'))
    expect(await readdir(folder)).toEqual(['trace.json.part'])
    await sink.close?.()
    expect(await readdir(folder)).toEqual(['trace.json'])
  })

  it('replaces an older file, and leaves it alone when it is aborted', async () => {
    const path = join(folder, 'trace.json')
    await writeFile(path, 'old')
    const failing = fileSink(path)
    await failing.write(text('new'))
    await failing.abort?.(new Error('stopped'))
    expect(await readdir(folder)).toEqual(['trace.json'])
    expect(await readFile(path, 'utf8')).toBe('old')
    const sink = fileSink(path)
    await sink.write(text('new'))
    await sink.close?.()
    expect(await readFile(path, 'utf8')).toBe('new')
  })

  it('makes an empty file of no bytes', async () => {
    await fileSink(join(folder, 'empty')).close?.()
    expect(await readFile(join(folder, 'empty'), 'utf8')).toBe('')
  })

  it('touches nothing when it is aborted before the first byte', async () => {
    await fileSink(join(folder, 'a/trace.json')).abort?.(new Error('stopped'))
    expect(await readdir(folder)).toEqual([])
  })

  it('fails when the folder cannot be made', async () => {
    await writeFile(join(folder, 'file'), '')
    await expect(fileSink(join(folder, 'file/trace.json')).write(text('x'))).rejects.toThrow(/ENOTDIR|EEXIST/)
  })

  it('leaves no part behind when the final name cannot be taken', async () => {
    await mkdir(join(folder, 'taken/inside'), { recursive: true })
    const sink = fileSink(join(folder, 'taken'))
    await sink.write(text('x'))
    await expect(sink.close?.()).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
    expect(await readdir(folder)).toEqual(['taken'])
  })
})

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content)
}
