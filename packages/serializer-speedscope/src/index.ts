export { speedscope } from './speedscope.js'
