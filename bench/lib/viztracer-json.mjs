/** Functions of the program that is invented; a real one has far fewer functions than calls. */
const FUNCTIONS = 800
/** Calls of a tower: each is called by the next that follows in the file. */
const DEPTH = 12
const PIECE_BYTES = 65_536

const MODULES = ['app', 'json', 'queue', 'events', 'worker', 'db', 'types']

/**
 * Text of a file as VizTracer writes it, in pieces as a file is read: slices in the order in which they
 * end, times in microseconds since boot, durations with all digits of a double.
 *
 * @param {number} slices
 * @returns {Generator<Uint8Array, void, undefined>}
 */
export function* viztracerJson(slices) {
  const names = Array.from({ length: FUNCTIONS }, (_, index) => nameOf(index))
  const pid = 24_147
  let text =
    `{"traceEvents":[{"ph":"M","pid":${pid},"tid":${pid},"name":"process_name","args":{"name":"MainProcess"}},` +
    `{"ph":"M","pid":${pid},"tid":${pid},"name":"thread_name","args":{"name":"MainThread"}}`
  let seed = 1
  for (let index = 0; index < slices; index += 1) {
    // A generator of numbers that gives the same file each time.
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    const level = DEPTH - 1 - (index % DEPTH)
    const tower = Math.floor(index / DEPTH)
    const start = (2_089_523_262_930 + tower * 20_000 + level * 700) / 1000
    const inside = DEPTH - level
    const duration = inside * 0.9 + (seed / 2 ** 32) * 0.15
    const name = names[(index * 7 + tower) % FUNCTIONS]
    text += `,{"pid":${pid},"tid":${pid},"ts":${start},"ph":"X","dur":${duration},"name":"${name}","cat":"FEE"}`
    if (text.length >= PIECE_BYTES) {
      yield Buffer.from(text.slice(0, PIECE_BYTES))
      text = text.slice(PIECE_BYTES)
    }
  }
  yield Buffer.from(
    `${text}],"viztracer_metadata":{"version":"1.1.1","overflow":false,"baseTimeNanoseconds":1795333582964195975}}`,
  )
}

/** Every fourth function is built in. @param {number} index */
function nameOf(index) {
  if (index % 4 === 0) return `builtins.f${index}`
  return `Part${index % 37}.f${index} (/srv/${MODULES[index % MODULES.length]}.py:${index})`
}
