import { useRef } from 'preact/hooks'
import { AsyncPanel } from '../panels/async-panel.js'
import { ComparePanel } from '../panels/compare-panel.js'
import { CallersPanel, FlamePanel } from '../panels/flame-panel.js'
import { FunctionPanel } from '../panels/function-panel.js'
import { InfoPanel } from '../panels/info-panel.js'
import { SelectionPanel } from '../panels/selection-panel.js'
import { SourcePanel } from '../panels/source-panel.js'
import { AfterDrawing } from '../parts/after-drawing.js'
import { time } from '../parts/text.js'
import { pickRange, showTab } from '../state/actions.js'
import { isDockedRight } from '../state/layout.js'
import type { Tab } from '../state/model.js'
import { active, compared, range, tab } from '../state/state.js'

interface TabDescription {
  readonly id: Tab
  readonly title: string
  readonly Panel: () => preact.JSX.Element | null
}

/** The tabs below the timeline, or beside it. */
export function Panels() {
  const list = useRef<HTMLDivElement>(null)
  const tabs = shownTabs()
  const at = Math.max(
    0,
    tabs.findIndex(({ id }) => id === tab.value),
  )
  const { Panel, id } = tabs[at]
  const goTo = (index: number): void => {
    const next = (index + tabs.length) % tabs.length
    showTab(tabs[next].id)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') goTo(at + 1)
    else if (event.key === 'ArrowLeft') goTo(at - 1)
    else if (event.key === 'Home') goTo(0)
    else if (event.key === 'End') goTo(tabs.length - 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section class="panels" aria-label="Panels">
      <div class="tab-bar">
        <div class="tabs" role="tablist" aria-label="Panels" ref={list} onKeyDown={onKeyDown}>
          {tabs.map((each) => (
            <button
              key={each.id}
              type="button"
              role="tab"
              id={`tab-${each.id}`}
              aria-selected={each.id === id}
              aria-controls="panel"
              tabIndex={each.id === id ? 0 : -1}
              onClick={() => showTab(each.id)}
            >
              {each.title}
              {each.id === 'info' && <WarningMark />}
            </button>
          ))}
        </div>
        <span class="gap" />
        <RangeChip />
        <button
          type="button"
          class="quiet"
          aria-label={isDockedRight.value ? 'Put the panels below the timeline' : 'Put the panels beside the timeline'}
          title="Panels below or beside the timeline (p)"
          onClick={() => (isDockedRight.value = !isDockedRight.value)}
        >
          {isDockedRight.value ? '⬓' : '◨'}
        </button>
      </div>
      <div class="panel-place" role="tabpanel" id="panel" aria-labelledby={`tab-${id}`}>
        <AfterDrawing>
          <Panel />
        </AfterDrawing>
      </div>
    </section>
  )
}

const ALL_TABS: readonly TabDescription[] = [
  { id: 'selection', title: 'Selection', Panel: SelectionPanel },
  { id: 'functions', title: 'Functions', Panel: FunctionPanel },
  { id: 'flamegraph', title: 'Flamegraph', Panel: FlamePanel },
  { id: 'callers', title: 'Callers', Panel: CallersPanel },
  { id: 'async', title: 'Async tree', Panel: AsyncPanel },
  { id: 'source', title: 'Source', Panel: SourcePanel },
  { id: 'info', title: 'Info', Panel: InfoPanel },
  { id: 'compare', title: 'Compare', Panel: ComparePanel },
]

function shownTabs(): readonly TabDescription[] {
  return ALL_TABS.filter(({ id }) => id !== 'compare' || compared.value !== undefined)
}

function WarningMark() {
  const file = active.value
  const isWarned =
    file !== undefined &&
    (file.warnings.length > 0 || file.trace.threads.some(({ drops, complete }) => drops.length > 0 || !complete))
  return isWarned ? (
    <span class="warning-mark" role="img" aria-label="Not everything is here" title="Not everything is here">
      !
    </span>
  ) : null
}

/** Says that tables and graphs are about a part of the time only. */
function RangeChip() {
  const chosen = range.value
  if (chosen === undefined) return null
  return (
    <p class="chip">
      Range of {time(chosen.toNs - chosen.fromNs)} from {time(chosen.fromNs)}
      <button type="button" class="quiet" aria-label="Give up the range" onClick={() => pickRange(undefined)}>
        ✕
      </button>
    </p>
  )
}
