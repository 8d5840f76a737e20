import { expect, it } from 'vitest'
import { HEAD_BYTES, takeHead } from '../src/index.js'

/** A file whose pieces come one by one. */
async function* file(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield await Promise.resolve(piece)
}

it.each([[[10]], [[3000, 3000, 3000]], [[HEAD_BYTES, 5]], [[1, 0, 9000]], [[]]])(
  'a file in pieces of %j gives its beginning, and all of it after that',
  async (lengths) => {
    let value = 0
    const pieces = lengths.map((length) => Uint8Array.from({ length }, () => value++))
    const bytes = pieces.flatMap((piece) => [...piece])
    const { head, whole } = await takeHead(file(pieces))
    expect([...head]).toEqual(bytes.slice(0, HEAD_BYTES))
    const found: number[] = []
    for await (const piece of whole) found.push(...piece)
    expect(found).toEqual(bytes)
  },
)

it('a file is read no further than its head needs', async () => {
  let read = 0
  function* endless(): Generator<Uint8Array> {
    for (;;) {
      read++
      yield new Uint8Array(1000)
    }
  }
  await takeHead(file(endless()))
  expect(read).toBe(5)
})

it('who stops reading lets the file go', async () => {
  let isClosed = false
  function* endless(): Generator<Uint8Array> {
    try {
      for (;;) yield new Uint8Array(HEAD_BYTES)
    } finally {
      isClosed = true
    }
  }
  const { whole } = await takeHead(file(endless()))
  let count = 0
  for await (const _ of whole) if (++count === 3) break
  expect(isClosed).toBe(true)
})
