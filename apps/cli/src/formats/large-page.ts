/** From here on a browser takes a while to open a page with a trace inside, and some gigabytes of memory. */
const LARGE_BYTES = 50e6

/** What is said of such a page. */
export const LARGE_PAGE = 'it is large, and opens slower than a .pftrace in tracer view'

/** Whether a file is a page, by its name. */
export function isPage(file: string): boolean {
  return /\.html?$/i.test(file)
}

/** Whether a file is a page that a browser has its trouble with. */
export function isLargePage(file: string, bytes: number): boolean {
  return isPage(file) && bytes >= LARGE_BYTES
}
