/** Ends of flows by the packet in which their slice begins, from 1: added in any order, taken in that of the packets. */
export class FlowStarts {
  /** Packet and flow of each, one after the other. */
  #ends = new Float64Array(FIRST_ENDS * 2)
  #length = 0
  #next = 0
  #isSorted = true

  /** A flow begins or ends at the slice that begins in a packet. */
  add(packet: number, flow: number): void {
    if (this.#length === this.#ends.length) {
      const longer = new Float64Array(this.#length * 2)
      longer.set(this.#ends)
      this.#ends = longer
    }
    this.#ends[this.#length++] = packet
    this.#ends[this.#length++] = flow
    this.#isSorted = false
  }

  /** Goes back to the first packet. */
  rewind(): void {
    this.#next = 0
  }

  /** The flows of a packet, which comes after those that were asked for before. */
  take(packet: number): number[] {
    if (!this.#isSorted) this.#sort()
    while (this.#next < this.#length && this.#ends[this.#next] < packet) this.#next += 2
    const flows: number[] = []
    for (; this.#ends[this.#next] === packet && this.#next < this.#length; this.#next += 2) {
      flows.push(this.#ends[this.#next + 1])
    }
    return flows
  }

  #sort(): void {
    const ends = this.#ends
    const order = Uint32Array.from({ length: this.#length / 2 }, (_, end) => end)
    order.sort((a, b) => ends[a * 2] - ends[b * 2] || ends[a * 2 + 1] - ends[b * 2 + 1])
    const sorted = new Float64Array(this.#length)
    for (const [to, from] of order.entries()) {
      sorted[to * 2] = ends[from * 2]
      sorted[to * 2 + 1] = ends[from * 2 + 1]
    }
    this.#ends = sorted
    this.#isSorted = true
    this.#next = 0
  }
}

const FIRST_ENDS = 16
