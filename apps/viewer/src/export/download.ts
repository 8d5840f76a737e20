/** Gives the person a file. */
export function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** The name of a file made out of another: `trace.pftrace` and `part.pftrace` give `trace-part.pftrace`. */
export function derivedName(name: string, ending: string): string {
  const base = name
    .replace(/[/\\]/gu, '-')
    .replace(/(?:\.[a-z-]{1,16}){1,2}(?:\.gz|\.zst)?$/iu, '')
    .slice(0, 100)
  return `${base === '' ? 'trace' : base}${ending}`
}
