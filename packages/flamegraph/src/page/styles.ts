import type { Palette } from '../color/palette.js'

/** The colours of a theme as properties of CSS. */
export function themeProperties(palette: Palette): Readonly<Record<string, string>> {
  const { ground, text, faint, line, accent } = palette
  return { '--ground': ground, '--text': text, '--faint': faint, '--line': line, '--accent': accent }
}

/** Everything is inside a shadow root: no style gets in or out. */
export const STYLES = `
:host { display: block; height: 100%; min-height: 6rem; }
* { box-sizing: border-box; }
.graph {
  position: relative; display: flex; flex-direction: column; height: 100%; overflow: hidden;
  background: var(--ground); color: var(--text);
  font: 13px/1.45 system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif;
}
[hidden] { display: none !important; }
button { font: inherit; color: inherit; background: none; border: 0; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; border-radius: 3px; }
.path { display: flex; flex: none; gap: 0 2px; padding: 3px 4px; overflow-x: auto; scrollbar-width: none; white-space: nowrap; }
.path > * { flex: none; }
.path button { max-width: 22rem; overflow: hidden; text-overflow: ellipsis; padding: 2px 6px; border-radius: 4px; color: var(--faint); }
.path button:hover { color: var(--text); background: var(--line); }
.path button[aria-current] { color: var(--text); }
.path > * + *::before { content: '›'; margin-right: 8px; margin-left: -2px; color: var(--faint); }
.path .more { color: var(--faint); padding: 2px 4px; }
.gone { flex: none; padding: 0 10px 4px; color: var(--faint); }
.gone summary { cursor: pointer; width: fit-content; }
.gone ul { margin: 4px 0; padding: 0; max-height: 9rem; overflow: auto; list-style: none; }
.gone button { display: flex; width: 100%; padding: 1px 4px; text-align: left; border-radius: 3px; color: var(--text); }
.gone button:hover { background: var(--line); }
.gone .above { color: var(--faint); white-space: pre; }
.gone .time { margin-left: auto; padding-left: 1rem; font-variant-numeric: tabular-nums; }
.view { position: relative; flex: 1; min-height: 0; overflow: hidden auto; overscroll-behavior: contain; scrollbar-color: var(--line) transparent; }
.view:focus { outline: none; }
.view:focus-visible { box-shadow: inset 0 0 0 2px var(--accent); }
canvas { position: sticky; top: 0; display: block; width: 100%; touch-action: pan-y; }
.for-readers { position: absolute; top: 0; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.empty { position: absolute; inset: 40% 0 auto; margin: 0; text-align: center; color: var(--faint); }
.card {
  position: absolute; top: 0; left: 0; z-index: 1; width: max-content; max-width: min(34rem, 90%); padding: 8px 11px;
  pointer-events: none; border: 1px solid var(--line); border-radius: 7px; background: var(--ground);
  box-shadow: 0 4px 18px rgb(0 0 0 / 16%);
}
.card .name { font-weight: 600; overflow-wrap: anywhere; }
.card .place { color: var(--faint); font-size: 12px; overflow-wrap: anywhere; }
.card dl { display: grid; grid-template-columns: auto 1fr; gap: 0 1rem; margin: 5px 0 0; font-variant-numeric: tabular-nums; }
.card dt { color: var(--faint); }
.card dd { margin: 0; }
`
