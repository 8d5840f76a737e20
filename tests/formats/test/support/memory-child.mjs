// Reads files with one reader, each from disk in pieces, and prints the most bytes of typed columns that it held.
// What it holds in V8's heap is limited by the flag that it is started with.
import { collapsed } from '@tracer/serializer-collapsed'
import { cpuprofile } from '@tracer/serializer-cpuprofile'
import { gzip } from '@tracer/serializer-gzip'
import { html } from '@tracer/serializer-html'
import { json } from '@tracer/serializer-json'
import { protobuf } from '@tracer/serializer-protobuf'
import { speedscope } from '@tracer/serializer-speedscope'
import { createReadStream } from 'node:fs'

const readers = [protobuf(), json(), speedscope(), cpuprofile(), collapsed(), html(), gzip(json())]
const [id, ...files] = process.argv.slice(2)
const reader = readers.find((serializer) => serializer.id === id)
if (reader?.deserialize === undefined) throw new Error(`There is no reader ${id}.`)

let mostBytes = 0
const look = () => (mostBytes = Math.max(mostBytes, process.memoryUsage().arrayBuffers))

/** @param {string} file */
async function* watched(file) {
  for await (const piece of createReadStream(file)) {
    look()
    yield /** @type {Uint8Array} */ (piece)
  }
  look()
}

const results = { read: 0, refused: 0 }
for (const file of files) {
  try {
    await reader.deserialize(watched(file))
    results.read += 1
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'NOT_A_TRACE') throw error
    results.refused += 1
  }
  look()
}
console.log(JSON.stringify({ ...results, mostBytes }))
