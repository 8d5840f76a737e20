import { Splitter } from '../parts/splitter.js'
import { isDockedRight, panelShare } from '../state/layout.js'
import { Panels } from './panels.js'
import { TimelineArea } from './timeline-area.js'

/** Timeline and panels, with a line between them that can be moved. */
export function Workspace() {
  const share = panelShare.value
  const tracks = `minmax(0, ${1 - share}fr) 5px minmax(0, ${share}fr)`
  return (
    <main
      class="workspace"
      style={isDockedRight.value ? { gridTemplateColumns: tracks } : { gridTemplateRows: tracks }}
    >
      <TimelineArea />
      <Splitter label="Size of the panels" share={panelShare} isVertical={isDockedRight.value} />
      <Panels />
    </main>
  )
}
