export { takeAdditions, takeMark, type OwnSpawn, type RecordingVariables } from './child-environment.js'
export { Children } from './children.js'
export { programName } from './short-command.js'
export { hookSpawn, type HookTools } from './spawn-hook.js'
