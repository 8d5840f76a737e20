import { defineConfig } from 'tsup'
import { preset } from '../../tsup.preset.js'

export default defineConfig({ ...preset, entry: ['src/index.ts'], platform: 'browser', target: 'es2022' })
