import type { Site } from '@tracer/core'
import type { Markup, Places } from '@tracer/text-format'
import { markup } from './markup.js'

/** Longer names tell a person nothing more, and would be the most of the page. */
const MAX_LENGTH = 300
const ANONYMOUS = '(anonymous)'

/** A function's name and position; both in full when pointed at. */
export function siteMarkup(site: Site, places: Places): Markup {
  const place = places.of(site)
  const full = cut(place === '' ? site.name : `${site.name}\n${site.file}:${site.line}:${site.column}`)
  // The name of a function without one is its position, which stands beside it.
  const name = site.name.startsWith(ANONYMOUS) && place !== '' ? ANONYMOUS : cut(site.name)
  return markup`<span class="site" title="${full}"><bdi>${name === '' ? ANONYMOUS : name}</bdi> <small>${cut(place)}</small></span>`
}

function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
}

/** A line as long as a share from 0 to 1. */
export function barMarkup(share: number): Markup {
  const width = (Math.min(1, Math.max(0, share)) * 100).toFixed(1)
  return markup`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="1"/></svg>`
}
