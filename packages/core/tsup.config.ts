import { defineConfig } from 'tsup'
import { preset } from '../../tsup.preset.js'

export default defineConfig({
  ...preset,
  platform: 'neutral',
  entry: { index: 'src/index.ts', 'node/index': 'src/node/index.ts', 'testing/index': 'src/testing/index.ts' },
})
