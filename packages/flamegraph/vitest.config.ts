import { mergeConfig } from 'vitest/config'
import { preset } from '../../vitest.preset.js'
import { bundledScriptForVite } from './bundled-script.js'

export default mergeConfig(preset, { plugins: [bundledScriptForVite] })
