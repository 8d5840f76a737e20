import { PALETTES, type Palette } from '../color/palette.js'

function properties({ ground, text, faint, line, accent }: Palette): string {
  return `--ground:${ground};--text:${text};--faint:${faint};--line:${line};--accent:${accent}`
}

/** The style of the page around the graph. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; ${properties(PALETTES.light)} }
@media (prefers-color-scheme: dark) { :root { ${properties(PALETTES.dark)} } }
:root[data-theme=light] { color-scheme: light; ${properties(PALETTES.light)} }
:root[data-theme=dark] { color-scheme: dark; ${properties(PALETTES.dark)} }
* { box-sizing: border-box; }
body {
  display: flex; flex-direction: column; height: 100vh; margin: 0; background: var(--ground); color: var(--text);
  font: 13px/1.45 system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif;
}
header { display: flex; flex-wrap: wrap; gap: 6px 24px; align-items: center; padding: 10px 12px 6px; }
.heading { margin-right: auto; min-width: 0; }
h1 { margin: 0; font-size: 16px; line-height: 1.3; overflow-wrap: anywhere; }
p { margin: 0; color: var(--faint); }
.controls { display: flex; flex-wrap: wrap; gap: 6px 8px; align-items: center; }
input, select { font: inherit; padding: 3px 7px; border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: var(--text); }
input { width: 15rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
#found { color: var(--faint); font-variant-numeric: tabular-nums; }
#legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 0; padding: 0 12px 6px; list-style: none; color: var(--faint); font-size: 12px; }
#legend:empty { display: none; }
#legend li { display: flex; gap: 6px; align-items: center; min-width: 0; overflow-wrap: anywhere; }
#legend i { flex: none; width: 11px; height: 11px; border-radius: 3px; }
#graph { flex: 1; min-height: 0; border-top: 1px solid var(--line); }
`
