import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** Where `serializer-html` puts the trace: behind everything that shows it. */
const DATA_PLACE = '<!--tracer:data-->'

/** Marks of the page: that a trace is inside, and that it is one of Tracer's, as its reader looks for. */
const MARKS = '<meta name="tracer-page" content="1">\n<meta name="tracer-data" content="embedded">'

/** Puts script, style and worker into the page, and allows these and nothing else by their hashes. */
export function singleFile(): Plugin {
  return {
    name: 'tracer:single-file',
    config: () => ({ build: { rollupOptions: { output: { format: 'iife' } } } }),
    enforce: 'post',
    // It has all of itself at once: nothing can be begun before the rest is there.
    transformIndexHtml: { order: 'pre', handler: (html) => html.replace('/src/start.ts', '/src/main.tsx') },
    generateBundle(_, bundle) {
      let script = ''
      let style = ''
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') script += file.code
        else if (name.endsWith('.css')) style += textOf(file.source)
        delete bundle[name]
      }
      this.emitFile({ type: 'asset', fileName: 'page.html', source: pageOf(script, style) })
    },
  }
}

/** The page with its policy. */
export function pageOf(script: string, style: string): string {
  // In strings these would end the element, or be taken for the trace by those that look for it.
  const safeScript = script.replace(/<(?=\/?script|!--)/gu, '\\x3c')
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(safeScript)}'`,
    `style-src '${hashOf(style)}'`,
    'worker-src blob:',
    'img-src blob: data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${MARKS}
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tracer</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript>This page shows a trace, and needs JavaScript for it.</noscript>
<script>${safeScript}</script>
${DATA_PLACE}
</body>
</html>
`
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function textOf(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source)
}
