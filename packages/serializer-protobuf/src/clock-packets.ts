import type { Cursor } from './cursor.js'
import { CLOCK, CLOCK_IDS, CLOCK_SNAPSHOT, PACKET } from './fields.js'
import type { Message } from './message.js'

/**
 * The time of day at time 0 of the trace, and that times are those of the monotonic clock. `epochNs` is 0 when it is
 * unknown.
 */
export function writeTraceClock(message: Message, zero: number, epochNs: bigint): void {
  message.message(PACKET.clockSnapshot, () => {
    writeReading(message, CLOCK_IDS.monotonic, zero)
    // Perfetto reports an error for a file that does not relate this one. The two differ by the time that the machine
    // slept, which nobody has measured; nothing else is on it.
    writeReading(message, CLOCK_IDS.boottime, zero)
    if (epochNs > 0n) {
      message.message(CLOCK_SNAPSHOT.clocks, () => {
        message.uint(CLOCK.id, CLOCK_IDS.realtime).bigUint(CLOCK.timestamp, epochNs)
      })
    }
    message.uint(CLOCK_SNAPSHOT.primaryTraceClock, CLOCK_IDS.monotonic)
  })
}

/** Sets the clock of the sequence, on which each event has the time since the one before. */
export function writeSequenceClock(message: Message, monotonicNs: number): void {
  message.message(PACKET.clockSnapshot, () => {
    message.message(CLOCK_SNAPSHOT.clocks, () => {
      message.uint(CLOCK.id, CLOCK_IDS.firstOfSequence).uint(CLOCK.timestamp, monotonicNs).uint(CLOCK.isIncremental, 1)
    })
    writeReading(message, CLOCK_IDS.monotonic, monotonicNs)
  })
}

function writeReading(message: Message, clock: number, timestamp: number): void {
  message.message(CLOCK_SNAPSHOT.clocks, () => message.uint(CLOCK.id, clock).uint(CLOCK.timestamp, timestamp))
}

/** What the monotonic clock shows in a snapshot; 0 when it is not in it. */
export function readMonotonic(snapshot: Cursor): number {
  let monotonic = 0
  while (snapshot.next()) {
    if (snapshot.field !== CLOCK_SNAPSHOT.clocks) continue
    const clock = snapshot.message()
    let [id, value] = [0, 0]
    while (clock.next()) {
      if (clock.field === CLOCK.id) id = clock.value
      else if (clock.field === CLOCK.timestamp) value = clock.value
    }
    if (id === CLOCK_IDS.monotonic) monotonic = value
  }
  return monotonic
}
