import { Menu, type MenuItem } from '../parts/menu.js'
import { saveTrace } from '../export/save-trace.js'
import { saveFlamegraphPng, saveFlamegraphSvg, saveTimelinePng, saveTimelineSvg } from '../export/picture.js'
import { openInPerfetto } from '../export/perfetto.js'
import { shownFlamegraph } from '../state/flamegraphs.js'
import { range, trace } from '../state/state.js'

/** What can be taken away from the page. */
export function ExportMenu() {
  const hasFlamegraph = shownFlamegraph.value !== undefined
  const items: readonly MenuItem[] = [
    {
      title: range.value === undefined ? 'Trace (.pftrace)' : 'Selected range (.pftrace)',
      hint:
        range.value === undefined
          ? 'Drag over the timeline to take a part of it'
          : 'Calls that lie in it, and those around them',
      isDisabled: trace.value === undefined,
      act: () => void saveTrace(),
    },
    {
      title: 'Timeline as PNG',
      hint: 'As it is drawn now',
      isDisabled: trace.value === undefined,
      act: () => void saveTimelinePng(),
    },
    {
      title: 'Timeline as SVG',
      isDisabled: trace.value === undefined,
      act: saveTimelineSvg,
    },
    {
      title: 'Flamegraph as PNG',
      hint: hasFlamegraph ? 'As it is drawn now' : 'When one is shown',
      isDisabled: !hasFlamegraph,
      act: () => void saveFlamegraphPng(),
    },
    {
      title: 'Flamegraph as SVG',
      hint: hasFlamegraph ? 'All of it; zooms and searches in a browser' : 'When one is shown',
      isDisabled: !hasFlamegraph,
      act: saveFlamegraphSvg,
    },
    {
      title: 'Open in Perfetto',
      hint: 'Hands the trace to ui.perfetto.dev in another tab; it stays on this machine',
      isDisabled: trace.value === undefined,
      act: () => void openInPerfetto(),
    },
  ]
  return <Menu label="Export" items={items} />
}
