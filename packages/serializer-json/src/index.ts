export { json, type JsonOptions } from './json.js'
