import { signal } from '@preact/signals'
import type { CallTree } from '@tracer/call-tree'
import type { ColorBy, Direction } from '@tracer/flamegraph'
import { useMemo } from 'preact/hooks'
import { Choice } from '../parts/choice.js'
import { pickSite } from '../state/actions.js'
import { callers, tree, treeByTime } from '../state/analysis.js'
import { trace } from '../state/state.js'
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
        <p class="dim">Widths are self times. Below each function stand those that called it.</p>
        <Looks />
      </div>
      <Graph tree={callers.value} />
    </section>
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

function Graph({ tree: shown }: { readonly tree: CallTree | undefined }) {
  const sites = trace.value?.sites
  const content = useMemo(
    () => (shown === undefined || sites === undefined ? undefined : { tree: shown, sites }),
    [shown, sites],
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
