import { batch } from '@preact/signals'
import { bytes as bytesText } from '@tracer/text-format'
import { load } from '../load/load.js'
import type { Phase, Report, Source } from '../load/messages.js'
import type { Opening, PartOffer, Picked, TimeRange } from './model.js'
import { active, activeId, files, moment, notice, openings, picked, range, view } from './state.js'

/** A file of this size or more is not read without asking: in memory it is about twice as large. */
const LARGE_BYTES = 1_500_000_000
const PART_BYTES = 500_000_000

const PHASES: Record<Phase, string> = {
  opening: 'Opening',
  reading: 'Reading',
  sorting: 'Putting in order',
  indexing: 'Indexing',
}

let lastId = 0

/** A file to open: its bytes or where they are, and what it is called. */
export interface Openable {
  readonly name: string
  readonly source: Source
  readonly address?: string
  readonly bytes: number
}

/** Opens a file beside those that are open; one too large is offered in part. */
export function open(file: Openable): void {
  if (file.bytes < LARGE_BYTES) return start(++lastId, file)
  const id = ++lastId
  const reason = `${file.name} has ${bytesText(file.bytes)}. As a whole it takes about twice that in memory, which a tab may not get.`
  offer(id, file, reason)
}

function start(id: number, file: Openable): void {
  const begun = load(file.source, (report) => took(id, file, report))
  const cancel = (): void => {
    begun.cancel()
    remove(id)
    notice.value = `Opening ${file.name} was cancelled.`
  }
  put({ id, name: file.name, bytes: file.bytes, phase: PHASES.opening, share: undefined, cancel })
}

function took(id: number, file: Openable, report: Report): void {
  const opening = openings.value.find((other) => other.id === id)
  if (opening === undefined) return
  switch (report.kind) {
    case 'progress': {
      const share = report.ofBytes === undefined ? undefined : report.bytes / report.ofBytes
      put({ ...opening, phase: PHASES[report.phase], share, bytes: report.ofBytes ?? report.bytes })
      return
    }
    case 'failed':
      if (report.isMemory) offer(id, file, `${file.name} does not fit into the memory of this tab.`)
      else put({ ...opening, failure: report.message, cancel: () => remove(id) })
      notice.value = `${file.name} cannot be read.`
      return
    case 'done':
      batch(() => {
        remove(id)
        const { name, address } = file
        const opened = { id, name, address, bytes: report.bytes, indexes: report.indexes, ...report.file }
        // As they were given, not as they were done.
        files.value = [...files.value, opened].sort((a, b) => a.id - b.id)
        if (!isChosen) activeId.value = files.value[0].id
      })
  }
}

function offer(id: number, file: Openable, reason: string): void {
  const partBytes = Math.min(PART_BYTES, Math.ceil(file.bytes / 2))
  const part: PartOffer = {
    reason,
    command: `tracer convert ${file.name} -o smaller.pftrace`,
    partBytes,
    openPart: () => start(id, { ...file, source: partOf(file.source, partBytes), bytes: partBytes }),
    openWhole: () => start(id, file),
  }
  put({
    id,
    name: file.name,
    bytes: file.bytes,
    phase: '',
    share: undefined,
    offer: part,
    cancel: () => remove(id),
  })
}

function partOf(source: Source, mostBytes: number): Source {
  return source.kind === 'blob' ? { kind: 'blob', blob: source.blob.slice(0, mostBytes) } : { ...source, mostBytes }
}

/** Closes an open file. */
export function close(id: number): void {
  batch(() => {
    const others = files.value.filter((file) => file.id !== id)
    if (active.value?.id === id) activate(others.at(0)?.id ?? 0)
    kept.delete(id)
    files.value = others
  })
}

interface Kept {
  readonly view: TimeRange | undefined
  readonly range: TimeRange | undefined
  readonly picked: Picked | undefined
}

/** Until a person chooses a file, the first one is shown. */
let isChosen = false
const kept = new Map<number, Kept>()

/** Makes another of the open files the one that is shown, as it was left. */
export function activate(id: number): void {
  const before = active.value
  isChosen = true
  if (before?.id === id) return
  batch(() => {
    if (before !== undefined) {
      kept.set(before.id, { view: view.value, range: range.value, picked: picked.value })
    }
    const again = kept.get(id)
    activeId.value = id
    view.value = again?.view
    range.value = again?.range
    picked.value = again?.picked
    moment.value = undefined
  })
}

function put(opening: Opening): void {
  const others = openings.value.filter(({ id }) => id !== opening.id)
  openings.value = [...others, opening].sort((a, b) => a.id - b.id)
}

function remove(id: number): void {
  openings.value = openings.value.filter((opening) => opening.id !== id)
}
