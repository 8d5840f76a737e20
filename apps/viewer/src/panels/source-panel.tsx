import type { FunctionRow } from '@tracer/call-tree'
import { count } from '@tracer/text-format'
import { useMemo } from 'preact/hooks'
import { Rows, ROW_PX } from '../parts/rows.js'
import { place, shown, siteName, time } from '../parts/text.js'
import { pickSite } from '../state/actions.js'
import { functionRows } from '../state/analysis.js'
import { editorAddress } from '../state/editor.js'
import { sourceOf } from '../state/source-texts.js'
import { active, picked, trace } from '../state/state.js'

const MOST_LETTERS = 2000

/** The text of the selected function's file, with what its functions cost in the margin. */
export function SourcePanel() {
  const shownTrace = trace.value
  const chosen = picked.value
  const file = active.value
  if (shownTrace === undefined || file === undefined) return null
  const site = chosen === undefined ? undefined : shownTrace.sites[chosen.site]
  if (site === undefined) {
    return (
      <section class="panel" aria-label="Source">
        <p class="empty">Select a function to see its source.</p>
      </section>
    )
  }
  const source = sourceOf(file, site.file).value
  const editor = editorAddress(site)
  return (
    <section class="panel" aria-label="Source">
      <div class="panel-bar">
        <p>
          <bdi>{place(site, false) === '' ? siteName(site) : place(site, false)}</bdi>
        </p>
        {editor !== undefined && (
          <a class="button" href={editor}>
            Open in editor
          </a>
        )}
      </div>
      {source.text === undefined ? (
        <p class="empty">{source.reason}</p>
      ) : (
        <SourceText text={source.text} file={site.file} line={site.line} />
      )}
    </section>
  )
}

interface SourceTextProps {
  readonly text: string
  readonly file: string
  readonly line: number
}

function SourceText({ text, file, line }: SourceTextProps) {
  const lines = useMemo(() => text.split(/\r\n|\r|\n/u), [text])
  const sites = trace.value?.sites
  const rows = functionRows.value
  const byLine = useMemo(() => {
    const found = new Map<number, FunctionRow[]>()
    for (const row of rows) {
      const site = sites?.[row.site]
      if (site?.file !== file) continue
      found.set(site.line, [...(found.get(site.line) ?? []), row])
    }
    return found
  }, [rows, sites, file])
  const dearest = [...byLine.values()].flat().reduce((most, { selfNs }) => Math.max(most, selfNs), 0)
  return (
    <div class="source" tabIndex={0} role="region" aria-label={`Source of ${shown(file)}`}>
      <div class="source-head" aria-hidden="true">
        <span>Self</span>
        <span>Calls</span>
        <span>Line</span>
        <span />
      </div>
      <Rows
        key={file}
        count={lines.length}
        // Some lines above stay in sight: what a function is for stands over it.
        inSight={Math.min(lines.length - 1, line + SIGHT_ROWS)}
        render={(index) => {
          const here = byLine.get(index + 1) ?? []
          const selfNs = here.reduce((sum, row) => sum + row.selfNs, 0)
          const calls = here.reduce((sum, row) => sum + row.calls, 0)
          return (
            <div class="source-line" data-here={index + 1 === line} style={{ height: `${ROW_PX}px` }}>
              <span class="margin" style={{ '--heat': dearest === 0 ? '0' : String(selfNs / dearest) }}>
                {calls > 0 && time(selfNs)}
              </span>
              <span class="margin">
                {calls > 0 && (
                  <button type="button" class="link" onClick={() => pickSite(here[0].site)}>
                    {count(calls)}
                  </button>
                )}
              </span>
              <span class="number">{index + 1}</span>
              <code>{shown(lines[index].replaceAll('\t', '    '), MOST_LETTERS)}</code>
            </div>
          )
        }}
      />
    </div>
  )
}

const SIGHT_ROWS = 6
