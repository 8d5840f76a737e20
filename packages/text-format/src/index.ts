export { bytes, count, counted, duration, percent } from './numbers.js'
