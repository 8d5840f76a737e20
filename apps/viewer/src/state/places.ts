import { bytes, counted } from '@tracer/text-format'
import { filesInAddress } from '../load/served.js'
import { open } from './open.js'
import { hasServer } from './surroundings.js'
import { notice, openings } from './state.js'

const BLOCKS = 'script[type="application/vnd.tracer.pftrace+gzip;base64"]'
/** What says to the reader of such pages that this is one. */
const PAGE_START = '<meta name="tracer-page" content="1">'

/** From here on a page takes seconds to load. */
const MANY_SLICES = 1_000_000

/** Opens what the page brings: the trace inside it, or the files that its address names. */
export function openWhatIsGiven(): void {
  if (document.querySelector('meta[name="tracer-data"][content="embedded"]') !== null) {
    showLoading()
    return whenParsed(openEmbedded)
  }
  for (const file of filesInAddress()) open({ ...file, bytes: 0 })
}

/** Opens files that were dropped or chosen. */
export function openFiles(chosen: Iterable<File>): void {
  for (const file of chosen) open({ name: file.name, source: { kind: 'blob', blob: file }, bytes: file.size })
}

function whenParsed(act: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', act, { once: true })
  else act()
}

/** Until all of the page has come there is nothing else to see. */
function showLoading(): void {
  if (document.readyState !== 'loading') return
  const slices = Number(document.querySelector('meta[name="tracer-slices"]')?.getAttribute('content') ?? 0)
  const phase = slices < MANY_SLICES ? 'Loading' : `This page is large, it holds ${counted(slices, 'slice')}: loading`
  const cancel = (): void => {
    window.stop()
    openings.value = []
    notice.value = 'Loading was cancelled.'
  }
  openings.value = [{ id: 0, name: nameOfPage(), bytes: 0, phase, share: undefined, cancel }]
}

/** Of what is inside it. */
function nameOfPage(): string {
  return document.querySelector('meta[name="tracer-title"]')?.getAttribute('content') ?? document.title
}

/** The blocks go as a file of the same kind to the reader that every other file goes to. */
function openEmbedded(): void {
  openings.value = []
  const blocks = [...document.querySelectorAll(BLOCKS)]
  if (blocks.length === 0) {
    if (!hasServer) notice.value = 'There is no trace in this page. Open a file.'
    return
  }
  const start = '<script type="application/vnd.tracer.pftrace+gzip;base64">'
  const blob = new Blob([PAGE_START, ...blocks.flatMap(({ textContent }) => [start, textContent ?? '', '</script>\n'])])
  blocks.forEach((block) => block.remove())
  const name = nameOfPage()
  open({ name: name === '' ? `trace of ${bytes(blob.size)}` : name, source: { kind: 'blob', blob }, bytes: blob.size })
}
