import type { EventFilter } from '@tracer/core'

/** What all of these keep; everything when there is none. */
export function and(...filters: readonly EventFilter[]): EventFilter {
  return {
    id: joined(filters, 'and'),
    keeps: (site, slices, index) => filters.every((filter) => filter.keeps(site, slices, index)),
  }
}

/** What any of these keeps; nothing when there is none. */
export function or(...filters: readonly EventFilter[]): EventFilter {
  return {
    id: joined(filters, 'or'),
    keeps: (site, slices, index) => filters.some((filter) => filter.keeps(site, slices, index)),
  }
}

/** What another one does not keep. */
export function not(filter: EventFilter): EventFilter {
  return { id: `not ${filter.id}`, keeps: (site, slices, index) => !filter.keeps(site, slices, index) }
}

function joined(filters: readonly EventFilter[], word: string): string {
  return `(${filters.map(({ id }) => id).join(` ${word} `)})`
}
