export { portableClock } from '../clock.js'
