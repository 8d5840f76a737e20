import { ENDING_SIGNALS, type EndingSignal, type EndingSignals } from './ending-signals.js'
import { catchSignals } from './signal-handle.js'

/**
 * Watches over signals that the main thread catches and, busy as it is, does not come to: a program
 * that does not listen to them would have ended at once.
 */
export class SignalGuard {
  readonly #signals: EndingSignals
  readonly #letGo: () => void
  readonly #waiting = new Map<EndingSignal, { readonly takenBefore: number; rounds: number }>()
  /** What the main thread had come to before the last two turns of this thread's event loop. */
  #takenBefore: readonly number[]
  #takenLately: readonly number[]

  private constructor(signals: EndingSignals) {
    this.#signals = signals
    this.#takenBefore = this.#takenLately = this.#taken()
    this.#letGo = catchSignals(ENDING_SIGNALS, this.#arrive)
  }

  /** Undefined when signals are not to be caught, or cannot be. */
  static over(signals: EndingSignals): SignalGuard | undefined {
    // Which a container's first process does not die of.
    if (process.pid === 1 || !signals.guard()) return undefined
    try {
      return new SignalGuard(signals)
    } catch {
      signals.release()
      return undefined
    }
  }

  /** To be called before each turn of the event loop. */
  beforeTurn(): void {
    this.#takenBefore = this.#takenLately
    this.#takenLately = this.#taken()
  }

  /** After a turn: the signal that the program would have died of. */
  due(): EndingSignal | undefined {
    for (const [signal, arrival] of this.#waiting) {
      if (this.#signals.taken(signal) !== arrival.takenBefore) this.#waiting.delete(signal)
      else if (++arrival.rounds > PATIENCE_ROUNDS) return signal
    }
    return undefined
  }

  release(): void {
    this.#letGo()
    this.#signals.release()
  }

  readonly #arrive = (signal: EndingSignal): void => {
    if (this.#signals.isListened(signal) || this.#waiting.has(signal)) return
    // It came after the turn before this one had begun: what was taken since then may have been this signal.
    this.#waiting.set(signal, { takenBefore: this.#takenBefore[ENDING_SIGNALS.indexOf(signal)], rounds: 0 })
  }

  #taken(): readonly number[] {
    return ENDING_SIGNALS.map((signal) => this.#signals.taken(signal))
  }
}

/** Of 25 ms each; counted, so that a machine which lets nobody run is not taken for a busy program. */
const PATIENCE_ROUNDS = 8
