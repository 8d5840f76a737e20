import { signal, type Signal } from '@preact/signals'
import type { OpenFile } from './model.js'

/** The text of a source file, or why there is none. */
export interface SourceState {
  readonly text?: string
  readonly reason: string
}

const known = new Map<string, Signal<SourceState>>()

/** The text of a source file: what the trace holds, else what the server that the trace came from may give. */
export function sourceOf({ trace, id, address }: OpenFile, file: string): Signal<SourceState> {
  const key = `${id}:${file}`
  let state = known.get(key)
  if (state !== undefined) return state
  const text = trace.sources.get(file)
  const reason = reasonFor(file, address !== undefined)
  known.set(key, (state = signal<SourceState>(text === undefined ? { reason } : { text, reason: '' })))
  if (text === undefined && address !== undefined && /^(?:file:|[/\\]|[A-Za-z]:)/u.test(file)) void ask(file, state)
  return state
}

function reasonFor(file: string, isServed: boolean): string {
  if (file === '') return 'This has no source file.'
  if (file.startsWith('node:')) return 'This is built into Node.js: its text is not in the trace.'
  const again = isServed ? 'Started again as' : 'Opened by'
  return `The trace does not hold the text of this file. ${again} “tracer view --source <folder> <trace>” this page shows it.`
}

async function ask(file: string, state: Signal<SourceState>): Promise<void> {
  try {
    if (!(await givesSources())) return
    const response = await fetch(`./source?file=${encodeURIComponent(file)}`)
    if (response.ok) {
      state.value = { text: await response.text(), reason: '' }
    } else {
      state.value = {
        reason: 'The trace does not hold the text of this file, and it is in no folder that --source names.',
      }
    }
  } catch {
    // Without an answer the reason stays as it is.
  }
}

let answer: Promise<boolean> | undefined

/** Whether the server gives source texts: it says so with its list of files, and is asked once. */
function givesSources(): Promise<boolean> {
  answer ??= fetch('./files/')
    .then((response) => (response.ok ? response.json() : undefined))
    .then((list: unknown) => typeof list === 'object' && list !== null && 'sources' in list && list.sources === true)
  return answer
}
