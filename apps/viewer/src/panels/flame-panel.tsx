import { signal } from '@preact/signals'
import type { CallTree } from '@tracer/call-tree'
import type { ColorBy, Direction } from '@tracer/flamegraph'
import { useMemo } from 'preact/hooks'
import { Choice } from '../parts/choice.js'
import { shown, siteName } from '../parts/text.js'
import { pickSite } from '../state/actions.js'
import { callers, callersRoot, callersSite, tree, treeByTime } from '../state/analysis.js'
import { colorsOf } from '../state/colors.js'
import { picked, trace } from '../state/state.js'
import { FlameHost } from './flame-host.js'

type Order = 'grouped' | 'time'

const order = signal<Order>('grouped')
const colorBy = signal<ColorBy | 'auto'>('auto')
const direction = signal<Direction>('icicle')

/** Who called whom, as wide as it took. */
export function FlamePanel() {
  return (
    <section class="panel" aria-label="Flamegraph">
      <div class="panel-bar">
        <Choice
          label="Order"
          value={order.value}
          options={[
            ['grouped', 'Grouped'],
            ['time', 'By time'],
          ]}
          onChoose={(next) => (order.value = next)}
        />
        <Looks />
      </div>
      <Graph tree={order.value === 'grouped' ? tree.value : treeByTime.value} />
    </section>
  )
}

/** The functions that took the time, and who called them. */
export function CallersPanel() {
  return (
    <section class="panel" aria-label="Callers">
      <div class="panel-bar">
        <CallersChoice />
        <p class="dim">Widths are self times; below a function stand its callers.</p>
        <Looks />
      </div>
      <Graph tree={callers.value} isInverted />
    </section>
  )
}

/** All functions, or the one that was selected when it was asked for. */
function CallersChoice() {
  const shownTrace = trace.value
  const site = callersSite.value ?? picked.value?.site
  if (shownTrace === undefined || site === undefined) return null
  const choose = (next: 'all' | 'one'): void => {
    callersRoot.value = next === 'all' ? undefined : { trace: shownTrace, site }
  }
  return (
    <Choice
      label="Callers of"
      value={callersSite.value === undefined ? 'all' : 'one'}
      options={[
        ['all', 'All functions'],
        ['one', `Only ${shown(siteName(shownTrace.sites[site]), 40)}`],
      ]}
      onChoose={choose}
    />
  )
}

function Looks() {
  return (
    <>
      <label>
        Colours{' '}
        <select value={colorBy.value} onChange={(event) => (colorBy.value = colorOf(event.currentTarget.value))}>
          {COLORS.map((name) => (
            <option key={name} value={name}>
              {name === 'auto' ? 'automatic' : `by ${name}`}
            </option>
          ))}
        </select>
      </label>
      <Choice
        label="Direction"
        value={direction.value}
        options={[
          ['icicle', 'Downwards'],
          ['flame', 'Upwards'],
        ]}
        onChoose={(next) => (direction.value = next)}
      />
    </>
  )
}

const COLORS = ['auto', 'package', 'file', 'name'] as const

function colorOf(name: string): ColorBy | 'auto' {
  return COLORS.find((known) => known === name) ?? 'auto'
}

function Graph({
  tree: calls,
  isInverted = false,
}: {
  readonly tree: CallTree | undefined
  readonly isInverted?: boolean
}) {
  const shownTrace = trace.value
  const content = useMemo(
    () =>
      calls === undefined || shownTrace === undefined
        ? undefined
        : { tree: calls, sites: shownTrace.sites, categories: colorsOf(shownTrace), isInverted },
    [calls, shownTrace, isInverted],
  )
  if (content === undefined) return null
  const by = colorBy.value
  return (
    <FlameHost
      content={content}
      settings={{ colorBy: by === 'auto' ? undefined : by, direction: direction.value }}
      onSelect={(node) => pickSite(content.tree.site[node])}
    />
  )
}
