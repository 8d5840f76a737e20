import type { BytePart } from '@tracer/core'
import type { GivenIndex } from '@tracer/timeline'
import type { ReadFile } from './read-source.js'

/** Where the bytes of a file are: here, or at a server. */
export type Source = { readonly kind: 'blob'; readonly blob: Blob } | ServedFile

/** A file of the page's own server. */
export interface ServedFile {
  readonly kind: 'url'
  readonly url: string
}

/** What the page asks its worker to read. */
export interface ReadRequest {
  readonly source: Source
  /** Only these bytes of the file; all when undefined. */
  readonly part?: BytePart
  /** A file of as many bytes or more is not read as a whole, but reported as large. */
  readonly largeBytes: number
}

/** What reading is doing. */
export type Phase = 'opening' | 'reading' | 'sorting' | 'indexing'

/** What the worker says meanwhile, and at the end. */
export type Report =
  | { readonly kind: 'progress'; readonly phase: Phase; readonly bytes: number; readonly ofBytes: number | undefined }
  | {
      readonly kind: 'done'
      readonly file: ReadFile
      readonly indexes: readonly GivenIndex[]
      readonly bytes: number
    }
  | LargeFile
  | { readonly kind: 'failed'; readonly message: string; readonly isMemory: boolean }

/** A file that was not read, because it is large. */
export interface LargeFile {
  readonly kind: 'large'
  readonly bytes: number
  /** Whether a part may begin anywhere; else only at the beginning of the file. */
  readonly isSeekable: boolean
}
