import { Flamegraph, type FlameContent, type FlamegraphOptions, type Legend } from '@tracer/flamegraph'
import { useEffect, useRef, useState } from 'preact/hooks'
import { shownFlamegraph } from '../state/flamegraphs.js'
import { testOf } from '../state/search.js'
import { search, theme } from '../state/state.js'
import { FlameLegend } from './flame-legend.js'

interface FlameHostProps {
  readonly content: FlameContent
  readonly settings?: Pick<FlamegraphOptions, 'colorBy' | 'side' | 'change' | 'direction'>
  readonly onSelect: (node: number) => void
}

/** A flamegraph as a part of the page: it follows its theme and its search. */
export function FlameHost({ content, settings = {}, onSelect }: FlameHostProps) {
  const host = useRef<HTMLDivElement>(null)
  const graph = useRef<Flamegraph>(null)
  const select = useRef(onSelect)
  select.current = onSelect
  const [legend, showLegend] = useState<Legend>()

  useEffect(() => {
    if (host.current === null) return
    const made = new Flamegraph(host.current, {
      theme: theme.value,
      onSelect: (node) => node !== undefined && select.current(node),
    })
    graph.current = made
    return () => {
      shownFlamegraph.value = undefined
      made.destroy()
    }
  }, [])
  useEffect(() => {
    if (graph.current !== null) graph.current.theme = theme.value
  }, [theme.value])
  useEffect(() => graph.current?.show(content), [content])
  useEffect(() => {
    const { current } = graph
    if (current === null) return
    const { colorBy, side, change, direction } = settings
    current.colorBy = colorBy
    if (side !== undefined) current.side = side
    if (change !== undefined) current.change = change
    if (direction !== undefined) current.direction = direction
    showLegend(current.legend)
    shownFlamegraph.value = { graph: current, content, settings }
  }, [content, settings.colorBy, settings.side, settings.change, settings.direction])
  useEffect(() => {
    const { test } = testOf(search.value)
    graph.current?.search(search.value.text.trim() === '' ? undefined : test)
  }, [search.value, content])
  return (
    <>
      <FlameLegend legend={legend} />
      <div class="flame" ref={host} />
    </>
  )
}
