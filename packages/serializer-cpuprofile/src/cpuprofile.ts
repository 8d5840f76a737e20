import { readJson, textPieces, type TraceSerializer } from '@tracer/core'
import { chosenTrack } from './chosen-track.js'
import { leftOut } from './left-out.js'
import { profileParts } from './profile-parts.js'
import { readProfile } from './read-profile.js'

const ADVICE = 'Give a CPU profile, as node --cpu-prof and Chrome write it.'

const NODES = /"(?:nodes|head)"\s*:\s*[[{]/
const FUNCTION = /"functionName"\s*:/

/** V8's CPU profiles, which Chrome's tools, VS Code and speedscope open. A file is one thread. */
export function cpuprofile(): TraceSerializer {
  return {
    id: 'cpuprofile',
    extensions: ['.cpuprofile'],
    serialize: (trace) => textPieces(profileParts(trace, chosenTrack(trace))),
    omits: (trace) => leftOut(trace, chosenTrack(trace)),
    detect: (head) => {
      const text = new TextDecoder().decode(head)
      return /^\s*\{/.test(text) && NODES.test(text) && FUNCTION.test(text) && !text.includes('"selfSize"')
    },
    deserialize: async (source) => {
      const { value, warnings } = await readJson(source, ADVICE)
      const read = readProfile(value, ADVICE)
      return { trace: read.trace, warnings: [...warnings, ...read.warnings] }
    },
  }
}
