import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 bits: nobody guesses them. */
const KEY_BYTES = 32

/**
 * What lets a browser in: a key in the address, once, and from then on a cookie that scripts cannot read.
 * Whoever sees the list of processes sees the address that a browser was started with, so that one is good
 * for one use only; the address on the terminal is good for as long as the server runs.
 */
export class Keys {
  readonly #session = newKey()
  readonly #printed = newKey()
  readonly #unused = new Set<string>()
  readonly #cookie: string

  /** Cookies are shared by all ports of a machine: the name tells ours from those of other servers. */
  constructor(port: number) {
    this.#cookie = `tracer-${port}`
  }

  /** For the address that is printed. */
  get printed(): string {
    return this.#printed
  }

  /** A key that opens once. */
  once(): string {
    const key = newKey()
    this.#unused.add(key)
    return key
  }

  /** The header that a right key is answered with; undefined for a wrong one, or one that was used up. */
  cookieFor(key: string): string | undefined {
    if (!isSame(key, this.#printed) && !this.#takeUnused(key)) return undefined
    return `${this.#cookie}=${this.#session}; Path=/; HttpOnly; SameSite=Strict`
  }

  /** Whether a request's `Cookie` header holds ours. */
  admits(cookies: string | undefined): boolean {
    return (cookies ?? '').split(';').some((pair) => {
      const [name, value = ''] = pair.trim().split('=')
      return name === this.#cookie && isSame(value, this.#session)
    })
  }

  #takeUnused(key: string): boolean {
    const found = [...this.#unused].find((unused) => isSame(key, unused))
    return found !== undefined && this.#unused.delete(found)
  }
}

function newKey(): string {
  return randomBytes(KEY_BYTES).toString('base64url')
}

/** In a time that tells nothing of how much was right. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
