import { describe, expectTypeOf, it } from 'vitest'
import type { EventFilter, Site, SiteId, Span, Trace, TraceSerializer, Tracer, TracerOptions } from '../src/index.js'
import type { Tracer as NodeTracer } from '../src/node/index.js'

// Nothing here runs: what counts is that each line compiles, or that it does not where it says so.
describe('types', () => {
  it('give a span the type of what its function returns', () => {
    const use = (tracer: Tracer): void => {
      expectTypeOf(tracer.span('s', () => 1)).toEqualTypeOf<number>()
      expectTypeOf(tracer.span('s', () => undefined, { n: 1 })).toEqualTypeOf<undefined>()
      expectTypeOf(tracer.span('s', async () => Promise.resolve('x'))).toEqualTypeOf<Promise<string>>()
      expectTypeOf(tracer.span('s')).toEqualTypeOf<Span>()
      expectTypeOf(tracer.span('s', { n: 1 })).toEqualTypeOf<Span>()
      const request: Request = { url: '/', headers: ['a'] }
      tracer.instant('request', request)
      expectTypeOf<Span>().toExtend<Disposable>()
    }
    expectTypeOf(use).toBeFunction()
  })

  it('reject what would fail', () => {
    const use = (tracer: Tracer, trace: Trace, serializer: TraceSerializer, node: NodeTracer, site: Site): void => {
      // @ts-expect-error a name is needed
      tracer.span(() => 1)
      // @ts-expect-error arguments are an object
      tracer.instant('i', 'text')
      // @ts-expect-error a counter has numbers
      tracer.counter('c', { a: 'x' })
      // @ts-expect-error a trace is immutable
      trace.tracks = []
      // @ts-expect-error a trace is immutable, all the way down
      trace.sites.push(site)
      // @ts-expect-error files are for the Node entry
      void tracer.save('trace.json', serializer)
      void node.save('trace.json', serializer)
      // @ts-expect-error the state is read-only
      tracer.state = 'idle'
      // @ts-expect-error an id comes from a SiteTable
      const id: SiteId = 1
      // @ts-expect-error unknown option
      const options: TracerOptions = { capactiy: 1 }
      // @ts-expect-error an overflow that does not exist
      const overflow: TracerOptions = { overflow: 'drop' }
      // @ts-expect-error a filter needs a name
      const filter: EventFilter = { keeps: () => true }
      void [id, options, overflow, filter]
    }
    expectTypeOf(use).toBeFunction()
  })
})

interface Request {
  readonly url: string
  readonly headers: readonly string[]
}
