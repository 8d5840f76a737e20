// Taken now: a traced program may put others in their place.
const { add, compareExchange, load, notify, store, wait } = Atomics
const { imul } = Math
const { asIntN } = BigInt
const toBig = BigInt
const method = Reflect.get(String.prototype, 'charCodeAt') as () => number
const charCodeAt = Function.prototype.call.bind(method) as (text: string, index: number) => number

/** A message that is being sent, or a member that joins: whether it was its turn, and how many had gone out of turn. */
export interface Sending {
  readonly group: number
  readonly hasTurn: boolean
  readonly outOfTurn: number
}

/**
 * What all threads of a process know of the messages under the names of broadcasts. All that listen to
 * a name get the messages of all others in one order, as long as these are sent one after the other. So
 * each waits for its turn, for a moment; who has waited in vain goes out of turn, and nobody knows where its
 * message comes among those that are sent meanwhile.
 */
export class SharedBroadcasts {
  readonly #names: BigInt64Array
  readonly #counts: Int32Array
  readonly #stepMs: number

  constructor(shared: SharedArrayBuffer, byteOffset: number, stepMs = STEP_MS) {
    this.#stepMs = stepMs
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

  /** Waits until all that have begun before are over, unless somebody has waited in vain since the last that had its turn. */
  begin(group: number): Sending {
    const counts = this.#counts
    const at = group * COUNTS
    const outOfTurn = load(counts, at + OUT_OF_TURN)
    const begun = add(counts, at + BEGUN, 1)
    let ended = load(counts, at + ENDED)
    for (let steps = 0; ended !== begun && !this.#isInVain(at); ended = load(counts, at + ENDED)) {
      if (wait(counts, at + ENDED, ended, this.#stepMs) === 'timed-out' && ++steps === STEPS) {
        store(counts, at + IN_VAIN, load(counts, at + IN_TURN) + 1)
      }
    }
    const hasTurn = ended === begun
    if (!hasTurn) add(counts, at + OUT_OF_TURN, 1)
    return { group, hasTurn, outOfTurn }
  }

  /** The number of a message that was sent, from 0. */
  sent({ group }: Sending): number {
    return add(this.#counts, group * COUNTS + SENT, 1)
  }

  /** Whether nobody else has sent since it began: its number is where it comes in everybody's order. */
  isSure({ group, hasTurn, outOfTurn }: Sending): boolean {
    return hasTurn && load(this.#counts, group * COUNTS + OUT_OF_TURN) === outOfTurn
  }

  /** To be said of each that has begun, whether it was sent or not. */
  end(sending: Sending): void {
    const at = sending.group * COUNTS
    if (this.isSure(sending)) add(this.#counts, at + IN_TURN, 1)
    const ended = add(this.#counts, at + ENDED, 1) + 1
    if (load(this.#counts, at + BEGUN) !== (ended | 0)) notify(this.#counts, at + ENDED)
  }

  #isInVain(at: number): boolean {
    return load(this.#counts, at + IN_VAIN) === ((load(this.#counts, at + IN_TURN) + 1) | 0)
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
/**
 * By group: messages that have begun to be sent, those that were, those of which either is over, those that went out
 * of turn, those that are over and had theirs, and one more than these were when somebody had waited in vain.
 */
const [BEGUN, SENT, ENDED, OUT_OF_TURN, IN_TURN, IN_VAIN, COUNTS] = [0, 1, 2, 3, 4, 5, 8]

/** One waits for so many of these while no other ends: some are large, and a thread that was terminated never ends. */
const STEPS = 4
const STEP_MS = 2.5

/** What it takes. */
export const BROADCAST_BYTES = GROUPS * 8 + GROUPS * COUNTS * 4
