import type { Sending, SharedBroadcasts } from './shared-broadcasts.js'

const { defineProperty } = Object
const { get } = Reflect

/** What is known of one `BroadcastChannel`. */
export interface Member {
  readonly group: number
  /** Number of the message that comes next; undefined when that is not known. */
  next: number | undefined
  /** Numbers of its own messages, which it does not get itself, from `next` on, in order. */
  readonly own: number[]
}

/** `BroadcastChannel`, as far as it is asked for here. */
export interface BroadcastClass {
  readonly prototype: { ref(): unknown }
}

/**
 * The members of broadcasts on this thread, known by their ports. Node.js keeps name and port of a
 * `BroadcastChannel` as properties of it, and setters on what it inherits from hear of both: before
 * the port gets messages, and after. In between it is its turn, so that nothing is sent.
 */
export class Broadcasts {
  readonly #shared: SharedBroadcasts
  readonly #of: (port: object) => Member | undefined
  readonly #add: (port: object, member: Member) => void
  /** The one that is being made. */
  #joining: Sending | undefined

  constructor(shared: SharedBroadcasts, { prototype }: BroadcastClass) {
    this.#shared = shared
    const members = new WeakMap<object, Member>()
    // Taken now: a traced program may put others in their place.
    this.#of = members.get.bind(members)
    this.#add = members.set.bind(members)
    const { name, port } = keysOf(prototype)
    if (name === undefined || port === undefined) return
    hear(prototype, name, (_, given) => {
      this.#begin(`${given as string}`)
    })
    hear(prototype, port, (channel, given) => {
      this.#join(channel, given as object)
    })
  }

  /** Hot. By its port or the `BroadcastChannel` itself. */
  of(port: object): Member | undefined {
    return this.#of(port)
  }

  begin({ group }: Member): Sending {
    return this.#shared.begin(group)
  }

  /** The number of what was sent; undefined when nobody can know in which order it arrives. */
  sent(member: Member, sending: Sending): number | undefined {
    const number = this.#shared.sent(sending)
    if (member.next !== undefined) member.own[member.own.length] = number
    return this.#shared.isSure(sending) ? number : undefined
  }

  end(sending: Sending): void {
    this.#shared.end(sending)
  }

  /** The number of a message that has come; undefined when it is not known. */
  received(member: Member): number | undefined {
    if (member.next === undefined) return undefined
    const { own } = member
    let passed = 0
    while (passed < own.length && own[passed] === member.next) {
      passed++
      member.next++
    }
    if (passed > 0) {
      for (let i = passed; i < own.length; i++) own[i - passed] = own[i]
      own.length -= passed
    }
    return member.next++
  }

  #begin(name: string): void {
    // One that could not be made.
    if (this.#joining !== undefined) this.#shared.end(this.#joining)
    const group = this.#shared.groupOf(name)
    this.#joining = group === undefined ? undefined : this.#shared.begin(group)
  }

  #join(channel: object, port: object): void {
    if (this.#joining === undefined) return
    const joining = this.#joining
    this.#joining = undefined
    const { group } = joining
    const next = this.#shared.next(group)
    const member: Member = { group, next: this.#shared.isSure(joining) ? next : undefined, own: [] }
    this.#shared.end(joining)
    this.#add(port, member)
    this.#add(channel, member)
  }
}

/** Where Node.js keeps them: symbols that only what it asks for tells. */
function keysOf(prototype: BroadcastClass['prototype']): { readonly name?: symbol; readonly port?: symbol } {
  const keys: { name?: symbol; port?: symbol } = {}
  const asked = new Proxy(prototype, {
    get: (_, key) => {
      if (typeof key !== 'symbol') return undefined
      if (key.description === 'kName') keys.name = key
      if (key.description === 'kHandle') keys.port = key
      return key.description === 'kType' ? 'BroadcastChannel' : undefined
    },
  })
  try {
    get(prototype, 'name', asked)
    prototype.ref.call(asked)
  } catch {
    // Of another shape than those that are known: broadcasts have no arrows.
  }
  return keys
}

/** Hears of a property that is set on what inherits from `prototype`, where it becomes one like any other. */
function hear(prototype: object, key: symbol, onSet: (owner: object, value: unknown) => void): void {
  defineProperty(prototype, key, {
    configurable: true,
    enumerable: false,
    get: () => undefined,
    set(this: object, value: unknown) {
      defineProperty(this, key, { configurable: true, enumerable: true, writable: true, value })
      onSet(this, value)
    },
  })
}
