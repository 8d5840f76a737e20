import type { ServedFile } from './messages.js'

/** A file that the address names. */
export interface NamedFile {
  readonly name: string
  /** What the address calls it. */
  readonly address: string
  readonly source: ServedFile
}

/** Files of this server that the address names. Other servers are not asked: a link must not make the page fetch from anywhere. */
export function filesInAddress(): NamedFile[] {
  return new URLSearchParams(location.search).getAll('file').map((address) => {
    const { href } = new URL(`files/${encodeURIComponent(address)}`, document.baseURI)
    return { name: address.split('/').at(-1) ?? address, address, source: { kind: 'url', url: href } }
  })
}
