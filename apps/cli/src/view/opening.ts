/** How long nothing more is asked for until a page counts as loaded: it may fetch parts of itself late. */
const QUIET_MS = 1000

/** Whether the page and the files that were given have arrived in a browser. */
export class Opening {
  /** Settles once all have arrived and nothing more is asked for. */
  readonly done: Promise<void>
  readonly #missing: Set<string>
  readonly #isEnoughOfOne: boolean
  #running = 0
  #hasPage = false
  #hasOne = false
  #timer: NodeJS.Timeout | undefined
  #settle: () => void = () => {}

  /** @param files the names to wait for, or undefined to wait for any one */
  constructor(files: readonly string[] | undefined) {
    this.#missing = new Set(files)
    this.#isEnoughOfOne = files === undefined
    this.done = new Promise((resolve) => {
      this.#settle = resolve
    })
  }

  pageArrived(): void {
    this.#hasPage = true
  }

  fileArrived(name: string): void {
    this.#hasOne = true
    this.#missing.delete(name)
  }

  requestBegins(): void {
    this.#running += 1
    clearTimeout(this.#timer)
  }

  requestEnds(): void {
    this.#running -= 1
    if (this.#running > 0 || !this.#hasPage) return
    if (this.#isEnoughOfOne ? !this.#hasOne : this.#missing.size > 0) return
    this.#timer = setTimeout(this.#settle, QUIET_MS)
  }
}
