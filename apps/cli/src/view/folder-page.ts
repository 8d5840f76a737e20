import { bytes, counted, type Markup } from '@tracer/text-format'
import script from './folder-page/folder.js?raw'
import style from './folder-page/folder.css?raw'
import { markup } from './markup.js'
import type { ListedFile } from './shared-files.js'

/** What the page needs beside itself, by path. */
export const FOLDER_PARTS: ReadonlyMap<string, { readonly type: string; readonly text: string }> = new Map([
  ['/folder/folder.js', { type: 'text/javascript; charset=utf-8', text: script }],
  ['/folder/folder.css', { type: 'text/css; charset=utf-8', text: style }],
])

/** Up to this size the page asks for the span by itself: reading that much takes a second or two. */
const READ_AT_ONCE_BYTES = 32e6

/** The traces of a folder: each opens by its name, and several of them by the button. */
export function folderPage(folder: string, files: readonly ListedFile[]): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Traces in ${folder}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="folder/folder.css">
<script type="module" src="folder/folder.js"></script>
</head>
<body>
<header><h1>Traces</h1><p>${counted(files.length, 'trace')} in <bdi>${folder}</bdi></p></header>
<main>
${files.length === 0 ? EMPTY : table(files)}</main>
</body>
</html>
`.text
}

const EMPTY = markup`<p class="empty">There is no trace here yet. <code>tracer app.js</code> records one; then load this page anew.</p>\n`

function table(files: readonly ListedFile[]): Markup {
  return markup`<form action="./" method="get">
<table>
<thead><tr><th><span class="unseen">Compare</span></th><th>Name</th><th class="number">Span</th><th class="number">Size</th><th class="number">Date</th></tr></thead>
<tbody>
${files.map(row)}</tbody>
</table>
<p><button type="submit">Open what is ticked</button> Two are compared.</p>
</form>
`
}

function row({ name, bytes: size, modifiedMs }: ListedFile): Markup {
  const modified = new Date(modifiedMs)
  const cells = [
    markup`<td><input type="checkbox" name="file" value="${name}" aria-label="Choose ${name}"></td>`,
    markup`<td><a href="./?file=${encodeURIComponent(name)}"><bdi>${name}</bdi></a></td>`,
    markup`<td class="number">${spanOf(name, size)}</td>`,
    markup`<td class="number">${bytes(size)}</td>`,
    markup`<td class="number"><time datetime="${modified.toISOString()}">${dateText(modified)}</time></td>`,
  ]
  return markup`<tr>${cells}</tr>\n`
}

function spanOf(name: string, size: number): Markup {
  return size <= READ_AT_ONCE_BYTES
    ? markup`<span data-file="${name}">…</span>`
    : markup`<button type="button" data-file="${name}" title="The file is large, reading it takes a while">How long?</button>`
}

/** `2026-11-22 20:41`, in the time of this machine. */
function dateText(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}
