import { TIMELINE_KEYS } from '@tracer/timeline'
import { Dialog } from '../parts/dialog.js'
import { EDITORS, chooseEditor, editor, isEditor } from '../state/editor.js'
import { PAGE_KEYS } from '../state/keys.js'
import { TABS } from '../state/model.js'

/** Keys, separated by spaces, and what they do. */
type NamedKeys = readonly (readonly [string, string])[]

const PAGE: NamedKeys = [
  ...PAGE_KEYS.map(({ keys, does }) => [keys, does] as const),
  [`1…${TABS.length}`, 'Go to a tab'],
]

const TIMELINE: NamedKeys = TIMELINE_KEYS.map(({ keys, does }) => [keys.map(keyName).join(' '), does])

const TRACKS: NamedKeys = [
  ['↑ ↓', 'Track before, next track; Home and End too'],
  ['← →', 'Fold, unfold'],
  ['p', 'Pin to the top, or let go'],
  ['Alt+↑ Alt+↓', 'Move the track'],
]

const TABLE: NamedKeys = [
  ['↑ ↓', 'Row before, next row; Page Up, Page Down, Home and End too'],
  ['← →', 'In a tree: fold, unfold'],
  ['Enter', 'More about the row'],
]

const FLAMEGRAPH: NamedKeys = [
  ['← → ↑ ↓', 'From frame to frame'],
  ['Enter', 'Zoom to the frame'],
  ['Escape', 'Zoom out'],
  ['Home', 'All frames'],
]

/** As it stands on a key. */
function keyName(key: string): string {
  const arrow = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].indexOf(key)
  if (arrow !== -1) return '←→↑↓'[arrow]
  return key
}

/** All keys, and what can be set. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog label="Help and keys" onClose={onClose}>
      <div class="key-columns">
        <div>
          <KeyList title="Everywhere" keys={PAGE} />
          <KeyList title="Table" keys={TABLE} />
        </div>
        <div>
          <KeyList title="Timeline" keys={TIMELINE} />
          <KeyList title="List of tracks" keys={TRACKS} />
          <KeyList title="Flamegraph" keys={FLAMEGRAPH} />
        </div>
      </div>
      <h3>Search</h3>
      <p>
        Finds functions by name and file. <code>file:</code> or <code>package:</code> in front looks there alone:{' '}
        <code>package:express</code>, <code>package:node</code> for built-ins.
      </p>
      <h3>Editor</h3>
      <p>
        <label>
          Open sources in{' '}
          <select
            value={editor.value}
            onChange={(event) => isEditor(event.currentTarget.value) && chooseEditor(event.currentTarget.value)}
          >
            {Object.keys(EDITORS).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </p>
    </Dialog>
  )
}

function KeyList({ title, keys }: { readonly title: string; readonly keys: NamedKeys }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl class="keys">
        {keys.map(([name, does]) => (
          <>
            <dt>
              {name.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </>
        ))}
      </dl>
    </section>
  )
}
