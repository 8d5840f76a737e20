import type { Timeline } from '@tracer/timeline'

/** The timelines on the page, by their files: what is exported as a picture, and moved together. */
export const shownTimelines = new Map<number, Timeline>()
