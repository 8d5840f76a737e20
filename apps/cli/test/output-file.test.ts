import type { TraceSerializer } from '@tracer/core'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { prepareOutput, type OutputFile } from '../src/formats/output-file.js'
import { saveTrace } from '../src/formats/save-trace.js'
import { emptyTrace } from './sample-session.js'
import { tempFolder } from './temp-folder.js'

/** Writes `pieces`, then fails if told to. */
function serializer(pieces: readonly string[], failure?: Error): TraceSerializer {
  return {
    id: 'test',
    extensions: ['.test'],
    *serialize() {
      for (const piece of pieces) yield Buffer.from(piece)
      if (failure !== undefined) throw failure
    },
  }
}

function save(output: OutputFile, from: TraceSerializer, signal = new AbortController().signal) {
  return saveTrace(emptyTrace(), from, output, { signal, recovery: 'try again' })
}

describe('the output', () => {
  it('is written whole, in folders that are made', async () => {
    const folder = tempFolder()
    const output = prepareOutput('new/deep/trace.json', folder)
    expect(readdirSync(join(folder, 'new/deep'))).toEqual([])
    expect(await save(output, serializer(['one ', 'two']))).toBe(7)
    expect(readFileSync(join(folder, 'new/deep/trace.json'), 'utf8')).toBe('one two')
    expect(readdirSync(join(folder, 'new/deep'))).toEqual(['trace.json'])
  })

  it('of a failed save is not there, and an older one stays', async () => {
    const folder = tempFolder({ 'trace.json': 'old' })
    const output = prepareOutput('trace.json', folder)
    await expect(save(output, serializer(['half'], new Error('no more')))).rejects.toMatchObject({
      code: 'SAVE_FAILED',
      exitCode: 1,
      message: "The trace could not be saved to 'trace.json': no more.",
      nextStep: 'try again',
    })
    expect(readFileSync(join(folder, 'trace.json'), 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['trace.json'])
  })

  it('of an interrupted save is not there', async () => {
    const folder = tempFolder()
    const output = prepareOutput('trace.json', folder)
    await expect(save(output, serializer(['half']), AbortSignal.abort())).rejects.toThrow('it was interrupted')
    expect(readdirSync(folder)).toEqual([])
  })

  it('on a full disk is named as such', async () => {
    if (!existsSync('/dev/full')) return
    const folder = tempFolder({ 'trace.json': '-> /dev/full' })
    const output = prepareOutput('trace.json', folder)
    await expect(save(output, serializer(['one']))).rejects.toThrow('the disk is full (ENOSPC)')
  })

  it('behind a link replaces what the link points to', async () => {
    const folder = tempFolder({ 'real/trace.json': 'old', 'trace.json': '-> real/trace.json' })
    await save(prepareOutput('trace.json', folder), serializer(['new']))
    expect(readFileSync(join(folder, 'real/trace.json'), 'utf8')).toBe('new')
  })

  it('that is a folder is refused', () => {
    const folder = tempFolder({ 'out.json/file': '' })
    expect(() => prepareOutput('out.json', folder)).toThrow(
      expect.objectContaining({
        code: 'OUTPUT_NOT_WRITABLE',
        exitCode: 2,
        message: "The output 'out.json' is a folder.",
        nextStep: 'Name a file in it: -o out.json/trace.pftrace',
      }),
    )
  })

  it('below a file is refused', () => {
    const folder = tempFolder({ file: '' })
    expect(() => prepareOutput('file/trace.json', folder)).toThrow(
      expect.objectContaining({
        code: 'OUTPUT_NOT_WRITABLE',
        message: expect.stringContaining('a part of its path is a file, not a folder') as string,
      }),
    )
  })

  it('where nothing can be written is refused', () => {
    if (!existsSync('/proc/self')) return
    expect(() => prepareOutput('/proc/trace.json', '/')).toThrow(
      expect.objectContaining({
        code: 'OUTPUT_NOT_WRITABLE',
        message: expect.stringMatching(
          /^The output '\/proc\/trace.json' cannot be written: .*Nothing was run.$/,
        ) as string,
      }),
    )
  })

  it('does not touch what is there before the program ran', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'trace.json'), 'old')
    prepareOutput('trace.json', folder)
    expect(readFileSync(join(folder, 'trace.json'), 'utf8')).toBe('old')
  })
})
