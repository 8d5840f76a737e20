import { defineConfig } from 'tsup'
import { preset } from '../../tsup.preset.js'
import { bundledScript } from './bundled-script.js'

export default defineConfig({ ...preset, entry: ['src/index.ts'], esbuildPlugins: [bundledScript] })
