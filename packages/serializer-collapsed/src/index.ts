export { collapsed, type CollapsedOptions } from './collapsed.js'
