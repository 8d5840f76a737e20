export { callTree, type CallTree } from './call-tree.js'
export { functionTable, type FunctionRow } from './function-table.js'
export type { TrackSelection } from './track-selection.js'
