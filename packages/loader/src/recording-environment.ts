import { fileURLToPath } from 'node:url'
import { nativeAddonFile } from './native-addon.js'
import { preloadOption } from './preload-option.js'
import { OPTIONS_VARIABLE, SESSION_VARIABLE, type RecordOptions } from './record-options.js'

/**
 * The environment in which a Node.js program, and every Node.js program that it starts, is
 * recorded. Each thread writes to a file of its own in `sessionFolder`, which has to exist.
 *
 * `NODE_OPTIONS` gets one option before those that are there; nothing else of `environment` changes.
 */
export function recordingEnvironment(
  options: RecordOptions,
  sessionFolder: string,
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const register = fileURLToPath(new URL('./register.cjs', import.meta.url))
  const nodeOptions = [preloadOption(register), environment['NODE_OPTIONS']]
  return {
    ...environment,
    [SESSION_VARIABLE]: sessionFolder,
    [OPTIONS_VARIABLE]: JSON.stringify({ root: process.cwd(), nativeAddon: nativeAddonFile(), ...options }),
    NODE_OPTIONS: nodeOptions.filter(Boolean).join(' '),
  }
}
