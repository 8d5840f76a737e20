import { readJson, textPieces, type TraceSerializer } from '@tracer/core'
import { readDocument } from './read-document.js'
import { documentParts } from './document-parts.js'
import { leftOut } from './left-out.js'

const SCHEMA = /"\$schema"\s*:\s*"https:\/\/www\.speedscope\.app\/file-format-schema\.json"/
const ADVICE = 'Give a file in the format of speedscope.'

/** Speedscope's own format: begins and ends of slices, a profile for each thread. */
export function speedscope(): TraceSerializer {
  return {
    id: 'speedscope',
    extensions: ['.speedscope.json'],
    serialize: (trace) => textPieces(documentParts(trace)),
    omits: leftOut,
    detect: (head) => SCHEMA.test(new TextDecoder().decode(head)),
    deserialize: async (source) => {
      const { value, warnings } = await readJson(source, ADVICE)
      const read = readDocument(value, ADVICE)
      return { trace: read.trace, warnings: [...warnings, ...read.warnings] }
    },
  }
}
