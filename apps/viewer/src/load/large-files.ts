/** A file of this size or more is not read without asking: in memory it is about twice as large. */
const LARGE_BYTES = 1_500_000_000

/** From how many bytes on a file is large; a page that has little room says another number. */
export function largeBytes(): number {
  const said = Number(document.querySelector('meta[name="tracer-large-bytes"]')?.getAttribute('content') ?? NaN)
  return Number.isFinite(said) ? said : LARGE_BYTES
}
