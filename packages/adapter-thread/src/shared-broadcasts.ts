// Taken now: a traced program may put others in their place.
const { add, compareExchange, load } = Atomics
const { imul } = Math
const { asIntN } = BigInt
const toBig = BigInt
const method = Reflect.get(String.prototype, 'charCodeAt') as () => number
const charCodeAt = Function.prototype.call.bind(method) as (text: string, index: number) => number

/** A message that is being sent: whether others were on their way when it began, and how many had begun. */
export interface Sending {
  readonly group: number
  readonly begun: number
  readonly isAlone: boolean
}

/**
 * What all threads of a process know of the messages under the names of broadcasts. All that listen to
 * a name get the messages of all others in one order, which is known of those that were sent while no
 * other was on its way: by how many were sent before.
 */
export class SharedBroadcasts {
  readonly #names: BigInt64Array
  readonly #counts: Int32Array

  constructor(shared: SharedArrayBuffer, byteOffset: number) {
    this.#names = new BigInt64Array(shared, byteOffset, GROUPS)
    this.#counts = new Int32Array(shared, byteOffset + GROUPS * 8, GROUPS * COUNTS)
  }

  /** The number of a name; undefined when there are too many. */
  groupOf(name: string): number | undefined {
    const hash = hashOf(name)
    const first = Number(hash & toBig(GROUPS - 1))
    for (let i = 0; i < GROUPS; i++) {
      const group = (first + i) & (GROUPS - 1)
      const found = compareExchange(this.#names, group, NOBODY, hash)
      if (found === NOBODY || found === hash) return group
    }
    return undefined
  }

  begin(group: number): Sending {
    const begun = add(this.#counts, group * COUNTS + BEGUN, 1)
    return { group, begun, isAlone: load(this.#counts, group * COUNTS + ENDED) === begun }
  }

  /** Its number, from 0; `isSure` when nobody else has sent meanwhile. */
  sent({ group, begun, isAlone }: Sending): { readonly number: number; readonly isSure: boolean } {
    const number = add(this.#counts, group * COUNTS + SENT, 1)
    return { number, isSure: isAlone && load(this.#counts, group * COUNTS + BEGUN) === ((begun + 1) | 0) }
  }

  /** To be said of each that has begun, whether it was sent or not. */
  end({ group }: Sending): void {
    add(this.#counts, group * COUNTS + ENDED, 1)
  }

  /** How many messages have begun; undefined while one is on its way. */
  still(group: number): number | undefined {
    const ended = load(this.#counts, group * COUNTS + ENDED)
    return load(this.#counts, group * COUNTS + BEGUN) === ended ? ended : undefined
  }

  /** The number of the next message. */
  next(group: number): number {
    return load(this.#counts, group * COUNTS + SENT)
  }
}

/** Of 64 bits, two halves that differ in how they are mixed; never that of nobody. */
function hashOf(name: string): bigint {
  let [a, b] = [0x9e3779b1, 0x85ebca6b]
  for (let i = 0; i < name.length; i++) {
    const code = charCodeAt(name, i)
    a = imul(a ^ code, 0x01000193)
    b = imul(b + code, 0x5bd1e995) ^ (b >>> 13)
  }
  return asIntN(64, (toBig(a >>> 0) << toBig(32)) | toBig((b ^ (b >>> 15)) >>> 0)) || toBig(1)
}

const NOBODY = 0n
/** Names of broadcasts that are told apart. */
const GROUPS = 512
/** By group: messages that have begun to be sent, those that were, and those of which either is over. */
const [BEGUN, SENT, ENDED, COUNTS] = [0, 1, 2, 4]

/** What it takes. */
export const BROADCAST_BYTES = GROUPS * 8 + GROUPS * COUNTS * 4
