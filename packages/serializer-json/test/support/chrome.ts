import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)

/** What the engine of Chrome's performance panel has in the tree of a thread: `[name, startUs, durationUs]`, depth first. */
export type ChromeSlice = readonly [name: string, startUs: number, durationUs: number]

interface Node {
  readonly entry: { readonly name: string; readonly ts: number; readonly dur?: number }
  readonly children: readonly Node[]
}

interface Engine {
  readonly TraceModel: {
    readonly Model: {
      createWithAllHandlers(): {
        parse(events: unknown, options: object): Promise<void>
        parsedTrace(): ParsedTrace | null
      }
    }
  }
}

interface ParsedTrace {
  readonly data: {
    readonly Renderer: {
      readonly processes: ReadonlyMap<
        number,
        {
          readonly threads: ReadonlyMap<
            number,
            { readonly name: string; readonly tree?: { readonly roots: Set<Node> } }
          >
        }
      >
    }
  }
}

/** Threads by `pid/tid name`. */
export async function importIntoChrome(text: string): Promise<Map<string, ChromeSlice[]>> {
  // The panel runs in a page.
  Object.assign(globalThis, { window: globalThis, DOMRect: Object })
  const engine: Engine = await import(pathToFileURL(require.resolve('@paulirish/trace_engine')).href)
  const model = engine.TraceModel.Model.createWithAllHandlers()
  await model.parse(JSON.parse(text), { metadata: {}, isCPUProfile: false })
  const threads = new Map<string, ChromeSlice[]>()
  for (const [pid, process] of model.parsedTrace()?.data.Renderer.processes ?? []) {
    for (const [tid, thread] of process.threads) {
      threads.set(`${pid}/${tid} ${thread.name}`, [...(thread.tree?.roots ?? [])].flatMap(slicesOf))
    }
  }
  return threads
}

function slicesOf({ entry, children }: Node): ChromeSlice[] {
  return [[entry.name, entry.ts, entry.dur ?? 0], ...children.flatMap(slicesOf)]
}
