/** Whether the page comes from a server that may have more than the page, and not from a file. */
export const hasServer = location.protocol === 'http:' || location.protocol === 'https:'

/** What is kept between visits; a browser may forbid it. */
export function remembered(key: string): string | undefined {
  try {
    return localStorage.getItem(`tracer.${key}`) ?? undefined
  } catch {
    return undefined
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`tracer.${key}`, value)
  } catch {
    // Then it is asked again next time.
  }
}
