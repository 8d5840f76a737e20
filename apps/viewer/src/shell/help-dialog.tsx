import { Dialog } from '../parts/dialog.js'
import { EDITORS, chooseEditor, editor, isEditor } from '../state/editor.js'
import { PAGE_KEYS } from '../state/keys.js'

const TABLE_KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓', 'Row before, next row; Page Up, Page Down, Home and End too'],
  ['Enter', 'More about the row'],
]

/** All keys, and what can be set. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog label="Help and keys" onClose={onClose}>
      <h3>Everywhere</h3>
      <KeyList keys={[...PAGE_KEYS.map(({ keys, does }) => [keys, does] as const), ['1 … 9', 'Go to a tab']]} />
      <h3>In a table</h3>
      <KeyList keys={TABLE_KEYS} />
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

function KeyList({ keys }: { readonly keys: readonly (readonly [string, string])[] }) {
  return (
    <dl class="keys">
      {keys.map(([name, does]) => (
        <>
          <dt>
            <kbd>{name}</kbd>
          </dt>
          <dd>{does}</dd>
        </>
      ))}
    </dl>
  )
}
