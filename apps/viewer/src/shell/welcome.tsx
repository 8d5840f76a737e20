import { shown } from '../parts/text.js'
import { chooseFiles } from '../state/choose-files.js'
import { awaitedFile } from '../state/url-state.js'
import { openings } from '../state/state.js'

/** What stands here before a file is open. */
export function Welcome() {
  const awaited = awaitedFile()
  if (openings.value.some(({ failure, offer }) => failure === undefined && offer === undefined)) {
    return <main class="welcome" />
  }
  return (
    <main class="welcome">
      <h2>Open a trace</h2>
      <p>
        Drop files here, or{' '}
        <button type="button" class="primary" onClick={chooseFiles}>
          choose files
        </button>
      </p>
      <p class="dim">
        Traces of Tracer and Perfetto (<code>.pftrace</code>), Chrome and VizTracer (<code>.json</code>), V8 CPU
        profiles, speedscope profiles, collapsed stacks and Tracer&apos;s HTML pages, gzipped or not. They are read in
        this page; nothing is sent anywhere.
      </p>
      {awaited !== undefined && (
        <p>
          This link is about <bdi>{shown(awaited, 200)}</bdi>: open that file to come to the same view.
        </p>
      )}
      <p class="dim">
        No trace yet? <code>tracer app.js</code> records a program.
      </p>
    </main>
  )
}
