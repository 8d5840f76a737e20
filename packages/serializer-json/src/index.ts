export type { JsonFlavor } from './flavors.js'
export { json, type JsonOptions } from './json.js'
