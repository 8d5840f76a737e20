/** The style sheet of the elements around the canvas; colours come from the theme as custom properties. */
export const STYLE = `
.timeline {
  --headers: clamp(224px, 14vw, 340px);
  display: grid;
  grid-template: 60px minmax(0, 1fr) / var(--headers) minmax(0, 1fr);
  width: 100%;
  height: 100%;
  overflow: hidden;
  background: var(--background);
  color: var(--text);
  font: 12px/1.35 system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif;
}
.corner {
  display: flex;
  flex-direction: column;
  justify-content: space-between;
  box-sizing: border-box;
  padding: 6px 8px 4px;
  background: var(--panel);
  border-right: 1px solid var(--line);
  border-bottom: 1px solid var(--line);
}
.filter {
  box-sizing: border-box;
  width: 100%;
  padding: 3px 7px;
  color: inherit;
  font: inherit;
  background: var(--background);
  border: 1px solid var(--line);
  border-radius: 5px;
}
.filter::placeholder { color: var(--faint); opacity: 1 }
.base { color: var(--faint); font-size: 11px; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
.overview { display: block; cursor: crosshair; touch-action: none }
.scroller { grid-column: 1 / 3; position: relative; overflow: hidden scroll; scrollbar-color: var(--line) transparent; scrollbar-width: thin }
.sticky { position: sticky; top: 0; height: 100%; display: grid; grid-template-columns: var(--headers) minmax(0, 1fr); overflow: hidden }
.headers { position: relative; overflow: hidden; background: var(--panel); border-right: 1px solid var(--line); contain: strict }
.pinned, .scrolled { position: absolute; inset: 0 0 auto 0; overflow: hidden }
.surface { position: relative; overflow: hidden; outline: none; touch-action: none; cursor: default }
.surface.panning { cursor: grabbing }
.surface.measuring { cursor: col-resize }
.surface.on-edge, .overview.on-edge { cursor: ew-resize }
.surface:focus-visible::after { content: ''; position: absolute; inset: 0; border: 2px solid var(--accent); pointer-events: none }
.rows { display: block; position: absolute; top: 0; left: 0 }
.empty { margin: 0; position: absolute; inset: 40% 0 auto 0; text-align: center; color: var(--faint); pointer-events: none }
.row { position: absolute; left: 0; right: 0; box-sizing: border-box; border-bottom: 1px solid var(--line); overflow: hidden; outline: none; user-select: none }
.row.process, .row.trace { background: var(--band); font-weight: 600 }
.row:focus-visible { box-shadow: inset 0 0 0 2px var(--accent) }
.row.dragged { opacity: 0.55 }
.row.target { box-shadow: inset 0 2px 0 var(--accent) }
.head { display: flex; align-items: center; gap: 5px; height: 25px; padding: 0 5px 0 calc(5px + var(--indent) * 12px); white-space: nowrap }
.name { overflow: hidden; text-overflow: ellipsis; flex: 0 1 auto; min-width: 30px }
.detail { color: var(--faint); font-size: 11px; font-weight: 400; flex: 1 1 0; min-width: 0; overflow: hidden; text-overflow: ellipsis; font-variant-numeric: tabular-nums }
.scale { position: absolute; right: 8px; top: 22px; color: var(--faint); font-size: 11px; font-variant-numeric: tabular-nums }
.head button { all: unset; box-sizing: border-box; width: 16px; height: 20px; flex: none; text-align: center; color: var(--faint); cursor: pointer; border-radius: 4px }
.head button:hover { color: var(--text); background: var(--line) }
.fold::before { content: ''; display: inline-block; border: 4px solid transparent; border-left: 5px solid currentColor; border-right: 0; transform: rotate(90deg); transition: transform 80ms }
.row[data-collapsed] .fold::before { transform: none }
.pin svg { display: block; margin: 4px 2px; width: 12px; fill: none; stroke: currentColor; stroke-width: 1.4; stroke-linejoin: round; stroke-linecap: round }
.head .pin { opacity: 0 }
.row:hover .head .pin, .row:focus .head .pin, .row[data-pinned] .head .pin { opacity: 1 }
.row[data-pinned] .head .pin { color: var(--accent) }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (prefers-reduced-motion: reduce) { .fold::before { transition: none } }
`
