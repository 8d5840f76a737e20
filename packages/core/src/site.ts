declare const siteIdBrand: unique symbol

/**
 * The number a probe writes for a site, from 1: in a ring, 0 is a slot that was never written.
 * Unique within one thread's {@link SiteTable}; a `SiteIndex` is its counterpart in a trace.
 */
export type SiteId = number & { readonly [siteIdBrand]: 'SiteId' }

/** What a site's records mean. */
export type SiteKind =
  /** A function of the program: records are slices, one a run. */
  | 'function'
  /** A module's body: a slice. */
  | 'module'
  /** `tracer.span` around synchronous code: a slice. */
  | 'span'
  /** `tracer.span` around asynchronous code: a slice that may overlap others, on a track of its own. */
  | 'async-span'
  /** A turn of a thread's event loop: a slice around those of the program, on a track of its own. */
  | 'turn'
  /** A garbage collection of a thread's heap: a slice on a track of its own, within slices of the program. */
  | 'collection'
  /** `tracer.instant`: a moment; the record's end equals its start. */
  | 'instant'
  /** One series of `tracer.counter`: the record's end is the value. */
  | 'counter'

/** One place in a program that writes records: a function, a module, or a named event. */
export interface Site {
  readonly kind: SiteKind
  /** As a person would say it: `Class.method`, `get size`, `new Foo`, `(anonymous) app.ts:12:8`. */
  readonly name: string
  /** Path or URL of the original source; empty when the site has none. */
  readonly file: string
  /** Line in the original source, from 1; 0 when unknown. */
  readonly line: number
  /** Column in the original source, from 1, in UTF-16 units; 0 when unknown. */
  readonly column: number
}

/** What makes two sites the same one, also across threads and runs. */
export function siteKey(site: Site): string {
  // With its length in front a name may hold any character.
  return `${site.kind}:${site.line}:${site.column}:${site.name.length}:${site.name}${site.file}`
}
