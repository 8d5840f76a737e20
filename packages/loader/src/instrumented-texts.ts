import type { SiteId } from '@tracer/core'
import type { Insertions } from '@tracer/instrument'
import { fileURLToPath } from 'node:url'
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import { InstrumentedText } from './instrumented-text.js'
import type { CacheKey } from './transform-cache.js'

// Taken now: what the program receives is recorded.
const receiveOwn = receiveMessageOnPort

/** A module that was instrumented on another thread. */
export interface SentText {
  readonly file: string
  readonly code: string
  readonly insertions: Insertions
  /** Whether it runs with a source map that leads all the way back, past the insertions. */
  readonly isMapped: boolean
  /** Whether it is an ES module, calls `import(…)`, or may have text evaluated that does. */
  readonly mayImport: boolean
  /** Ids of its sites: from the first up to, not including, the end. */
  readonly firstSiteId: SiteId
  readonly endSiteId: SiteId
  /** Sites that are to begin tick-checked, by index among its own. */
  readonly learned: readonly number[]
  /** What the cache has it under; undefined when there is nothing to learn for it. */
  readonly cacheKey?: CacheKey
}

/** A module that something is to be learned of. */
export type LearningText = Required<Pick<SentText, 'firstSiteId' | 'endSiteId' | 'learned' | 'cacheKey'>>

/** The instrumented modules of one thread, by file. */
export class InstrumentedTexts {
  /** More than one of a file that was loaded again, the newest last. */
  readonly #texts = new Map<string, InstrumentedText[]>()
  readonly #siteRanges: { readonly first: number; readonly end: number; readonly text: InstrumentedText }[] = []
  /** Texts that have yet to pass the hook that compiles them. */
  readonly #passing = new Set<string>()
  readonly #ports: MessagePort[] = []
  readonly #learning = new Map<InstrumentedText, LearningText>()

  add({ file, code, insertions, isMapped, firstSiteId, endSiteId, learned, cacheKey }: SentText): void {
    const text = new InstrumentedText(code, insertions, isMapped)
    const before = this.#texts.get(file)
    if (before === undefined) this.#texts.set(file, [text])
    else before.push(text)
    this.#siteRanges.push({ first: firstSiteId, end: endSiteId, text })
    if (cacheKey !== undefined) this.#learning.set(text, { firstSiteId, endSiteId, learned, cacheKey })
  }

  /** Forgets the newest text of a file, which runs as it is after all. */
  delete(file: string): void {
    const text = this.#texts.get(file)?.pop()
    const at = this.#siteRanges.findIndex((range) => range.text === text)
    if (at !== -1) this.#siteRanges.splice(at, 1)
    if (text !== undefined) this.#learning.delete(text)
  }

  /** The modules that something is to be learned of. */
  learning(): LearningText[] {
    this.#receive()
    return [...this.#learning.values()]
  }

  /** Says that `code` is on its way through further hooks, which have to leave it alone. */
  pass(code: string): void {
    this.#passing.add(code)
  }

  /** Whether a text is one that passes; it passes once. */
  isPassing(code: string): boolean {
    return this.#passing.delete(code)
  }

  /** Listens to hooks on a thread of their own. */
  receiveFrom(port: MessagePort): void {
    this.#ports.push(port)
  }

  /** The text of a file, given by path or URL; undefined for one that runs as it is. */
  get(file: string): InstrumentedText | undefined {
    return this.allOf(file).at(-1)
  }

  /** All texts that a file, given by path or URL, was instrumented to. */
  allOf(file: string): readonly InstrumentedText[] {
    this.#receive()
    return this.#texts.get(file.startsWith('file:') ? pathOf(file) : file) ?? []
  }

  /** The text of a function without probes; undefined when it is of no module here. */
  originalOf(functionText: string): string | undefined {
    const { 0: probe = '', 1: id = '' } = SITE_ID.exec(functionText) ?? []
    this.#receive()
    const range = this.#siteRanges.find(({ first, end }) => Number(id) >= first && Number(id) < end)
    return range?.text.original(functionText, probe)
  }

  /** A piece of some text here as it was; undefined when it is of none. */
  withoutProbes(piece: string): string | undefined {
    this.#receive()
    for (const texts of this.#texts.values()) {
      for (const text of texts) {
        const original = text.withoutProbes(piece)
        if (original !== undefined) return original
      }
    }
    return undefined
  }

  /** Ports are only read when something is asked, so they neither keep the program alive nor wake it. */
  #receive(): void {
    for (const port of this.#ports) {
      for (let received = receive(port); received !== undefined; received = receive(port)) {
        this.add(received)
      }
    }
  }
}

/** The first probe in a text: every function that has been instrumented holds one. */
const SITE_ID = /\$t\d*_(?:enter|begin|generate)\((\d+)\)/

function receive(port: MessagePort): SentText | undefined {
  const received = receiveOwn(port) as { readonly message: SentText } | undefined
  return received?.message
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url)
  } catch {
    return url
  }
}
