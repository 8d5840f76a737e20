/**
 * Takes the preload out of `process.execArgv`: Node.js 24 and later start each file of
 * `node --test` with the options of `NODE_OPTIONS` on its command line as well.
 */
export function hidePreloadArgument(preload: string): void {
  if (process.env['NODE_OPTIONS']?.includes('--require') !== true) return
  const position = process.execArgv.indexOf(`--require=${preload}`)
  if (position !== -1) process.execArgv.splice(position, 1)
}
