export { cpuprofile } from './cpuprofile.js'
