import { defineConfig } from 'tsup'
import { preset, rawText } from '../../tsup.preset.js'

export default defineConfig({ ...preset, entry: ['src/index.ts'], esbuildPlugins: [rawText] })
