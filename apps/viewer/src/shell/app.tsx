import { HelpDialog } from './help-dialog.js'
import { Header } from './header.js'
import { DropTarget } from './drop-target.js'
import { HoverCard } from './hover-card.js'
import { Openings } from './openings.js'
import { Welcome } from './welcome.js'
import { Workspace } from './workspace.js'
import { Notice } from './notice.js'
import { isHelpOpen } from '../state/layout.js'
import { active } from '../state/state.js'

/** The whole page. */
export function App() {
  return (
    <DropTarget>
      <Header />
      {active.value === undefined ? <Welcome /> : <Workspace />}
      <Openings />
      <Notice />
      <HoverCard />
      {isHelpOpen.value && <HelpDialog onClose={() => (isHelpOpen.value = false)} />}
    </DropTarget>
  )
}
