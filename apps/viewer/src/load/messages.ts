import type { GivenIndex } from '@tracer/timeline'
import type { ReadFile } from './read-source.js'

/** What the page asks its worker to read: a file that lies here, or one to fetch. */
export type Source = { readonly kind: 'blob'; readonly blob: Blob } | ServedFile

/** A file of the page's own server. */
export interface ServedFile {
  readonly kind: 'url'
  readonly url: string
  readonly mostBytes?: number
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
  | { readonly kind: 'failed'; readonly message: string; readonly isMemory: boolean }
