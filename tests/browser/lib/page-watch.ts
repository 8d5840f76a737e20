import type { Page } from 'playwright-core'

/** What pages complained about and asked for while a test used them. */
export class PageWatch {
  readonly #complaints = new Map<Page, string[]>()
  readonly #requests = new Map<Page, string[]>()

  /** Watches a page from before it loads. */
  add(page: Page): void {
    const complaints: string[] = []
    const requests: string[] = []
    this.#complaints.set(page, complaints)
    this.#requests.set(page, requests)
    page.on('pageerror', (error) => complaints.push(`threw: ${error.stack ?? error.message}`))
    page.on('crash', () => complaints.push('crashed'))
    page.on('console', (message) => {
      const { url } = message.location()
      // Chromium asks for a picture of its own accord, at times when the test's server is gone.
      if (message.type() === 'error' && !url.endsWith('/favicon.ico')) {
        complaints.push(`console.error: ${message.text()} (${url})`)
      }
    })
    page.on('request', (request) => {
      requests.push(request.url())
      if (isElsewhere(request.url())) complaints.push(`asked another machine: ${request.url()}`)
    })
  }

  /** What a page complained about so far; a test that expects it takes it. */
  take(page: Page): string[] {
    return this.#complaints.get(page)?.splice(0) ?? []
  }

  takeAll(): string[] {
    return [...this.#complaints.keys()].flatMap((page) => this.take(page))
  }

  /** The addresses that a page asked for so far, its own among them. */
  requests(page: Page): readonly string[] {
    return this.#requests.get(page) ?? []
  }
}

function isElsewhere(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return /^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1' && hostname !== 'localhost'
}
