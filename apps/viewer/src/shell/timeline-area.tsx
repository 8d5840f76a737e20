/** Where the timeline is drawn. */
export function TimelineArea() {
  return <section class="timeline" aria-label="Timeline" />
}
