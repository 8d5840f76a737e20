import { defineConfig } from 'vite'
import { fetchedEarly } from './fetched-early.js'
import { singleFile } from './single-file.js'

/**
 * Two outputs of the same page: files for a server (`dist/index.html`, `dist/assets`), and with `--mode page`
 * one file that needs no other (`dist/page.html`), into which a trace can be put.
 */
export default defineConfig(({ mode }) => ({
  base: './',
  publicDir: false,
  plugins: [mode === 'page' ? singleFile() : fetchedEarly()],
  // A page on its own has its worker inside; one that is served has it as a file, which a strict policy prefers.
  resolve: { alias: mode === 'page' ? [{ find: /\?worker$/, replacement: '?worker&inline' }] : [] },
  // One that is a file of its own fetches what few need when it is needed.
  worker: { format: mode === 'page' ? 'iife' : 'es' },
  build: {
    target: 'es2022',
    emptyOutDir: mode !== 'page',
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
  },
}))
