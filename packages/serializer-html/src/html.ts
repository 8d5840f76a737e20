import { textPieces, type Trace, type TraceSerializer } from '@tracer/core'
import { gzip } from '@tracer/serializer-gzip'
import { protobuf } from '@tracer/serializer-protobuf'
import { DataBlocks } from './data-blocks.js'
import { writtenBlocks } from './data-writer.js'
import { optionsOf, type HtmlOptions } from './options.js'
import { PAGE_MARK } from './page-mark.js'
import { pageStart, PAGE_END } from './page.js'

export type { HtmlOptions }

/**
 * One HTML page that needs nothing else: what took the time to look at, and the trace itself as packed
 * Perfetto packets behind it. It holds everything, and is read back. With `page`, another page shows the trace.
 *
 * @throws TracerError `INVALID_OPTION`
 */
export function html(options: HtmlOptions = {}): TraceSerializer {
  const cut = optionsOf(options)
  const packed = gzip(protobuf(), { level: GZIP_LEVEL })
  const unpack = packed.deserialize?.bind(packed)
  return {
    id: 'html',
    extensions: ['.html', '.htm'],
    async *serialize(trace: Trace) {
      const { template, title } = cut
      yield* textPieces(template === undefined ? await pageStart(trace, cut) : [template.startFor(trace, title)])
      yield* writtenBlocks(packed.serialize(trace))
      yield new TextEncoder().encode(template?.end ?? PAGE_END)
    },
    detect: (head) => new TextDecoder().decode(head).includes(PAGE_MARK),
    ...(unpack !== undefined && {
      deserialize: (source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) => unpack(new DataBlocks(source)),
    }),
  }
}

/** Higher levels take several times as long for some hundredths of the size. */
const GZIP_LEVEL = 6
