import fc from 'fast-check'
import { MessageChannel, receiveMessageOnPort, MessagePort } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { portsWithin, transferredPorts } from '../src/message-ports.js'

const { prototype } = MessagePort

function port(): MessagePort {
  const { port1 } = new MessageChannel()
  onTestFinished(() => {
    port1.close()
  })
  return port1
}

describe('the ports of a message', () => {
  it('are those of its list or of its options, in order, without what else is transferred', () => {
    const [a, b] = [port(), port()]
    expect(transferredPorts([a, new ArrayBuffer(8), b], prototype)).toEqual([a, b])
    expect(transferredPorts({ transfer: [b, a] }, prototype)).toEqual([b, a])
    expect(transferredPorts(undefined, prototype)).toEqual([])
    expect(transferredPorts(new Set([a]), prototype)).toBeUndefined()
  })

  it('are found without running a getter', () => {
    const options = {
      get transfer(): never {
        throw new Error('asked')
      },
    }
    expect(transferredPorts(options, prototype)).toBeUndefined()
    expect(portsWithin(options, prototype)).toBeUndefined()
  })
})

describe('the ports within a value', () => {
  const leaf = fc.oneof(
    fc.constant('port' as const),
    fc.integer(),
    fc.string(),
    fc.constant(null),
    fc.constant(new Date(0)),
    fc.constant(new Map([[1, 2]])),
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.string({ maxLength: 3 }), tie('tree'), { maxKeys: 4 }),
    ),
  }))

  it('are the same ones in the same order where it was cloned, or unknown', () => {
    fc.assert(
      fc.property(tree, (shape) => {
        const made: MessageChannel[] = []
        const build = (value: unknown): unknown => {
          if (value === 'port') {
            made.push(new MessageChannel())
            return made[made.length - 1].port2
          }
          if (Array.isArray(value)) return value.map(build)
          if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Map) return value
          return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, build(item)]))
        }
        const value = build(shape)
        const found = portsWithin(value, prototype)
        const order = found?.map((within) => made.findIndex(({ port2 }) => port2 === within))
        const way = new MessageChannel()
        way.port1.postMessage(
          value,
          made.map(({ port2 }) => port2),
        )
        const received = receiveMessageOnPort(way.port2) as { readonly message: unknown }
        if (found !== undefined) {
          const there = portsWithin(received.message, prototype) ?? []
          // Each says who it is.
          made.forEach(({ port1 }, i) => {
            port1.postMessage(i)
          })
          const answers = there.map((end) => (receiveMessageOnPort(end) as { readonly message: number }).message)
          expect(answers).toEqual(order)
        }
        for (const { port1 } of [way, ...made]) port1.close()
      }),
    )
  })
})
