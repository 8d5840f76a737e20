import { functionTable } from '@tracer/call-tree'
import type { Trace } from '@tracer/core'
import { Markup, Places } from '@tracer/text-format'
import { encodeBase64 } from './base64.js'
import { factsSection } from './facts-section.js'
import { functionSection } from './function-section.js'
import { headerOf } from './header.js'
import { lossSection } from './loss-section.js'
import { markup } from './markup.js'
import type { PageCut } from './options.js'
import { PAGE_MARK } from './page-mark.js'
import script from './page/script.js?raw'
import style from './page/style.css?raw'
import { threadSection } from './thread-section.js'
import { titleOf } from './title.js'
import { treeSection } from './tree-section.js'

/** What follows the trace. */
export const PAGE_END = '</body>\n</html>\n'

/**
 * The page up to where the trace follows, in parts. Whatever reads pages knows nothing of this but the
 * mark: another page with the same blocks behind it is read as well.
 */
export async function pageStart(trace: Trace, cut: PageCut): Promise<Iterable<string>> {
  return texts(page(trace, cut, await policyOf()))
}

function* texts(parts: Iterable<Markup>): Generator<string, void, undefined> {
  for (const { text } of parts) yield text
}

function* page(trace: Trace, cut: PageCut, policy: string): Generator<Markup, void, undefined> {
  const title = cut.title ?? titleOf(trace)
  const rows = functionTable(trace)
  const places = new Places(trace.sites)
  yield markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${new Markup(PAGE_MARK)}
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Tracer</title>
<style>${new Markup(style)}</style>
</head>
<body>
`
  yield headerOf(trace, rows, title)
  yield markup`<main>\n`
  yield lossSection(trace)
  yield* functionSection(trace, rows, places, cut.functions)
  yield* treeSection(trace, places, cut.branches)
  yield markup`<div class="about">\n`
  yield factsSection(trace, places)
  yield threadSection(trace)
  yield markup`</div>\n</main>\n<script>${new Markup(script)}</script>\n`
}

/** The page may run its own script and style, and ask nobody for anything. */
async function policyOf(): Promise<string> {
  const [scriptHash, styleHash] = await Promise.all([script, style].map(hashOf))
  return [
    "default-src 'none'",
    `script-src '${scriptHash}'`,
    `style-src '${styleHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

async function hashOf(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return `sha256-${new TextDecoder().decode(encodeBase64(hash))}`
}
