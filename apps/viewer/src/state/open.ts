import { batch } from '@preact/signals'
import type { BytePart } from '@tracer/core'
import { bytes } from '@tracer/text-format'
import { largeBytes } from '../load/large-files.js'
import { load } from '../load/load.js'
import type { LargeFile, Phase, ReadRequest, Report, Source } from '../load/messages.js'
import type { Opening, PartOffer, Picked, TimeRange } from './model.js'
import { active, activeId, files, moment, notice, openings, picked, range, view } from './state.js'

/** What is offered first of a large file. */
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
  start(++lastId, file, { largeBytes: largeBytes() })
}

function start(id: number, file: Openable, how: Omit<ReadRequest, 'source'>, isTooLarge = false): void {
  const begun = load({ source: file.source, ...how }, (report) => took(id, file, report, how.part, isTooLarge))
  const cancel = (): void => {
    begun.cancel()
    remove(id)
    notice.value = `Opening ${file.name} was cancelled.`
  }
  const name = how.part === undefined ? file.name : `${file.name}, ${partText(how.part)}`
  put({ id, name, bytes: file.bytes, phase: PHASES.opening, share: undefined, cancel })
}

function took(id: number, file: Openable, report: Report, part: BytePart | undefined, isTooLarge: boolean): void {
  const opening = openings.value.find((other) => other.id === id)
  if (opening === undefined) return
  switch (report.kind) {
    case 'progress': {
      const share = report.ofBytes === undefined ? undefined : report.bytes / report.ofBytes
      put({ ...opening, phase: PHASES[report.phase], share, bytes: report.ofBytes ?? report.bytes })
      return
    }
    case 'large':
      offer(id, file, report, isTooLarge)
      return
    case 'failed':
      // What may be read of it instead is asked anew.
      if (report.isMemory) return start(id, file, { largeBytes: 0 }, true)
      put({ ...opening, failure: report.message, cancel: () => remove(id) })
      return
    case 'done':
      batch(() => {
        remove(id)
        const { name, address } = file
        const { indexes, file: read } = report
        const said = part === undefined ? [] : [`Only a part of the file was read: ${partText(part)}.`]
        const warnings = [...said, ...read.warnings]
        const opened = { id, name, address, bytes: report.bytes, indexes, ...read, warnings }
        // As they were given, not as they were done.
        files.value = [...files.value, opened].sort((a, b) => a.id - b.id)
        if (!isChosen) activeId.value = files.value[0].id
      })
  }
}

function partText({ from, to }: BytePart): string {
  return `${bytes(from)} to ${bytes(to)}`
}

function offer(id: number, file: Openable, { bytes: size, isSeekable }: LargeFile, isTooLarge: boolean): void {
  const reason = isTooLarge
    ? `${file.name} does not fit into the memory of this tab.`
    : `${file.name} has ${bytes(size)}. As a whole it takes about twice that in memory, which a tab may not get.`
  const part: PartOffer = {
    reason,
    command: `tracer convert ${file.name} -o smaller.pftrace`,
    bytes: size,
    partBytes: Math.min(PART_BYTES, Math.ceil(size / 2)),
    isSeekable,
    openPart: (chosen) =>
      start(id, { ...file, bytes: chosen.to - chosen.from }, { part: chosen, largeBytes: Infinity }),
    openWhole: () => start(id, file, { largeBytes: Infinity }),
  }
  const cancel = (): void => remove(id)
  put({ id, name: file.name, bytes: size, phase: '', share: undefined, offer: part, cancel })
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
