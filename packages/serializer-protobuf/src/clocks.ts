import { CLOCK_IDS } from './fields.js'

/** A clock of the file: how its readings become times of the trace. */
export class ClockState {
  /** Added to a reading in nanoseconds it gives the trace's clock; undefined while no snapshot relates the two. */
  offset: bigint | undefined
  isIncremental = false
  unitNs = 1
  /** Of an incremental clock: its last time, relative to the base. */
  lastNs = 0
  /** The base on this clock, in halves of 32 bits. */
  #baseHigh = 0
  #baseLow = 0

  setBase(base: bigint): void {
    const own = base - (this.offset ?? 0n)
    this.#baseHigh = Number(own >> 32n)
    this.#baseLow = Number(own & 0xffff_ffffn)
  }

  /** Hot: the time of a reading, relative to the base. */
  timeOf(value: number, high: number, low: number): number {
    if (this.isIncremental) return (this.lastNs += value * this.unitNs)
    if (this.unitNs !== 1) return this.#scaledTimeOf(high, low)
    return (high - this.#baseHigh) * TWO_32 + (low - this.#baseLow)
  }

  #scaledTimeOf(high: number, low: number): number {
    const reading = ((BigInt(high) << 32n) | BigInt(low)) * BigInt(this.unitNs)
    return Number(reading - ((BigInt(this.#baseHigh) << 32n) + BigInt(this.#baseLow)))
  }
}

const TWO_32 = 2 ** 32

/** One clock of a snapshot. */
export interface ClockReading {
  readonly id: number
  readonly value: bigint
  readonly isIncremental: boolean
  readonly unitNs: number
}

interface Snapshot {
  readonly sequence: number
  readonly readings: readonly ClockReading[]
}

/**
 * All clocks of a file. One of them is the trace's: the one the file names, else the first that is used. Times are
 * relative to a base near them, because doubles hold nanoseconds of some weeks, not of decades.
 */
export class Clocks {
  /** Reading of the trace's clock from which times count. */
  base: bigint | undefined
  /** Time of day at the base; undefined while unknown. */
  #epochMinusTrace: bigint | undefined
  #traceClock: ClockState | undefined
  readonly #clocks = new Map<number, ClockState>()
  #waiting: Snapshot[] = []

  /** The clock of packets that name none. */
  get default(): ClockState {
    return (this.#traceClock ??= this.#adopt(new ClockState()))
  }

  /** Time of day at the base in nanoseconds. */
  get epochNs(): bigint | undefined {
    return this.#epochMinusTrace === undefined ? undefined : this.#epochMinusTrace + (this.base ?? 0n)
  }

  /** The clock of an id; those from 64 to 127 are each sequence's own. */
  of(id: number, sequence: number): ClockState {
    const key = keyOf(id, sequence)
    let clock = this.#clocks.get(key)
    if (clock === undefined) this.#clocks.set(key, (clock = new ClockState()))
    if (this.#traceClock === undefined && key === id) this.#traceClock = this.#adopt(clock)
    return clock
  }

  /** Sets from which reading of the trace's clock times count, unless that is known. */
  setBase(base: bigint): void {
    if (this.base !== undefined) return
    this.base = base
    this.#traceClock?.setBase(base)
    for (const clock of this.#clocks.values()) clock.setBase(base)
  }

  /** Takes a snapshot; `primary` is the clock that the file names as the trace's, or 0. */
  addSnapshot(sequence: number, readings: readonly ClockReading[], primary: number): void {
    if (this.#traceClock === undefined) this.#chooseTraceClock(readings, primary)
    if (!this.#relate({ sequence, readings })) {
      if (this.#waiting.length < MAX_WAITING) this.#waiting.push({ sequence, readings })
      return
    }
    // What had nothing in common with the trace's clock may have now.
    for (let waiting = 0; waiting !== this.#waiting.length;) {
      waiting = this.#waiting.length
      this.#waiting = this.#waiting.filter((snapshot) => !this.#relate(snapshot))
    }
  }

  #chooseTraceClock(readings: readonly ClockReading[], primary: number): void {
    const global = readings.filter(({ id }) => keyOf(id, 1) === id)
    const chosen =
      global.find(({ id }) => id === primary) ?? global.find(({ id }) => id === CLOCK_IDS.boottime) ?? global.at(0)
    if (chosen !== undefined) this.of(chosen.id, 0)
  }

  #adopt(clock: ClockState): ClockState {
    clock.offset = 0n
    if (this.base !== undefined) clock.setBase(this.base)
    return clock
  }

  #relate({ sequence, readings }: Snapshot): boolean {
    const clocks = readings.map((reading) => ({ reading, clock: this.of(reading.id, sequence) }))
    const known =
      clocks.find(({ clock }) => clock === this.#traceClock) ??
      clocks.find(({ clock, reading }) => clock.offset !== undefined && !reading.isIncremental)
    if (known?.clock.offset === undefined) return false
    const traceNs = known.reading.value * BigInt(known.reading.unitNs) + known.clock.offset
    this.setBase(traceNs)
    for (const { reading, clock } of clocks) {
      const valueNs = reading.value * BigInt(reading.unitNs)
      if (reading.id === CLOCK_IDS.realtime) this.#epochMinusTrace ??= valueNs - traceNs
      if (clock === this.#traceClock) continue
      clock.isIncremental = reading.isIncremental
      clock.unitNs = reading.unitNs
      clock.offset = traceNs - valueNs
      clock.setBase(this.base ?? traceNs)
      if (reading.isIncremental) clock.lastNs = Number(traceNs - (this.base ?? traceNs))
    }
    return true
  }
}

const MAX_WAITING = 1000

function keyOf(id: number, sequence: number): number {
  const isOfSequence = id >= CLOCK_IDS.firstOfSequence && id <= CLOCK_IDS.lastOfSequence
  return isOfSequence ? 2 ** 40 + sequence * 64 + id - CLOCK_IDS.firstOfSequence : id
}
