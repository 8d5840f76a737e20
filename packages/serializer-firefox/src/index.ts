export { firefox } from './firefox.js'
