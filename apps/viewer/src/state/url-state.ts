import { batch, effect } from '@preact/signals'
import type { Tab, Theme, TimeRange } from './model.js'
import { TABS } from './model.js'
import { slicesOf } from './slices.js'
import * as state from './state.js'

/**
 * What the address says behind `#`. It is written as the page is used, so that a reload or a link comes back to
 * the same view; places in the trace wait until the trace is there.
 */
interface Place {
  readonly file: string | undefined
  readonly view: TimeRange | undefined
  readonly range: TimeRange | undefined
  readonly site: number | undefined
  readonly track: number | undefined
  readonly slice: number | undefined
}

const WRITE_AFTER_MS = 150

let awaited: Place | undefined

/** Takes the state out of the address, and keeps the address to the state from then on. */
export function followAddress(): void {
  read()
  addEventListener('hashchange', () => {
    if (location.hash.slice(1) === written) return
    read()
    arrive()
  })
  effect(() => {
    if (state.files.value.length > 0) arrive()
  })
  let timer = 0
  let isFirst = true
  effect(() => {
    const text = addressOf()
    if (isFirst) {
      isFirst = false
      return
    }
    clearTimeout(timer)
    timer = window.setTimeout(() => write(text), WRITE_AFTER_MS)
  })
}

let written = ''

function write(text: string): void {
  // While a file is awaited its places stand in the address only.
  if (awaited !== undefined) return
  written = text
  history.replaceState(null, '', `${location.pathname}${location.search}${text === '' ? '' : `#${text}`}`)
}

/** The name of the file that the address is about, while it is not open. */
export function awaitedFile(): string | undefined {
  return awaited?.file
}

function read(): void {
  const fields = new URLSearchParams(location.hash.slice(1))
  written = location.hash.slice(1)
  batch(() => {
    const tab = fields.get('tab')
    if (isTab(tab)) state.tab.value = tab
    const theme = fields.get('theme')
    if (isTheme(theme)) state.theme.value = theme
    state.search.value = { text: fields.get('q') ?? '', isRegex: fields.has('regex') }
    state.isOwnCodeOnly.value = fields.has('mine')
    state.isComparing.value = fields.has('compare')
  })
  const [track, slice] = numbers(fields.get('slice'), '.')
  const place: Place = {
    file: fields.get('name') ?? undefined,
    view: rangeOf(fields.get('view')),
    range: rangeOf(fields.get('range')),
    site: numbers(fields.get('site'), '.').at(0),
    track,
    slice,
  }
  if (Object.values(place).some((value) => value !== undefined)) awaited = place
}

/** Goes to the place that the address names, if its file is open. */
function arrive(): void {
  const place = awaited
  if (place === undefined) return
  const file = state.files.value.find(({ name }) => place.file === undefined || name === place.file)
  if (file === undefined) return
  awaited = undefined
  batch(() => {
    state.activeId.value = file.id
    const trace = state.shownTrace(file, state.isOwnCodeOnly.value)
    state.view.value = place.view
    state.range.value = place.range
    const slices = place.track === undefined ? undefined : slicesOf(trace, place.track)
    const { track, slice, site } = place
    if (slices !== undefined && track !== undefined && slice !== undefined && slice >= 0 && slice < slices.length) {
      state.picked.value = { site: slices.site[slice], at: { track, slice } }
    } else if (site !== undefined && site >= 0 && site < trace.sites.length) {
      state.picked.value = { site, at: undefined }
    }
  })
}

function addressOf(): string {
  const fields = new URLSearchParams()
  const { text, isRegex } = state.search.value
  const picked = state.picked.value
  const set = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') fields.set(name, value)
  }
  set('name', state.active.value?.name)
  set('tab', state.tab.value)
  set('theme', state.theme.value)
  set('q', text)
  if (isRegex) set('regex', '1')
  if (state.isOwnCodeOnly.value) set('mine', '1')
  if (state.isComparing.value) set('compare', '1')
  set('view', textOf(state.view.value))
  set('range', textOf(state.range.value))
  if (picked?.at !== undefined) set('slice', `${picked.at.track}.${picked.at.slice}`)
  else set('site', picked?.site.toString())
  return fields.toString()
}

function textOf(range: TimeRange | undefined): string | undefined {
  return range === undefined ? undefined : `${round(range.fromNs)}_${round(range.toNs)}`
}

/** A thousandth of a nanosecond is nothing that a view would show. */
function round(ns: number): number {
  return Math.round(ns * 1000) / 1000
}

function rangeOf(text: string | null): TimeRange | undefined {
  const [fromNs, toNs] = numbers(text, '_')
  return fromNs === undefined || toNs === undefined || toNs <= fromNs ? undefined : { fromNs, toNs }
}

/** As many numbers as the text holds; none when one of its parts is no number. */
function numbers(text: string | null, separator: string): readonly (number | undefined)[] {
  if (text === null || text === '') return []
  const values = text.split(separator).map(Number)
  return values.every(Number.isFinite) ? values : []
}

function isTab(text: string | null): text is Tab {
  return TABS.some((tab) => tab === text)
}

function isTheme(text: string | null): text is Theme {
  return text === 'light' || text === 'dark'
}
