import { CAUSE_MARKER, CAUSE_NAME_LIMIT } from '@tracer/spool'
import { describe, expect, it } from 'vitest'
import { Causes } from '../src/causes.js'
import { a, b, thread } from './thread.js'

/** A thread of which it is recorded what set its slices going, and the number that Node.js calls back for at present. */
function causedThread(program = 0) {
  const names: string[] = []
  let executionId = program
  const execution = { id: () => executionId, type: () => (executionId === 3 ? 'MESSAGEPORT' : undefined) }
  const events = { name: (text: string) => names.push(text) }
  const caused = thread({}, {}, (memory, now) => new Causes(memory, now, events, execution))
  const { causes } = caused
  if (causes === undefined) throw new Error('it was asked for')
  /** Node.js calls back for a resource, and then for all that has become ready. */
  const callBack = (id: number, inside: () => void, drain: () => void = () => undefined): void => {
    causes.before(id)
    executionId = id
    inside()
    executionId = 0
    drain()
  }
  /** One line a record: the site and its start, or what it was called back for, and when that was made. */
  const records = (): string[] => {
    const { site, start, end } = caused.memory
    const lines: string[] = []
    for (let i = 0; site[i] !== 0; i++) {
      const isCause = site[i] === CAUSE_MARKER
      const delay = Math.floor(end[i] / CAUSE_NAME_LIMIT)
      lines.push(
        isCause
          ? `  ${names[(end[i] % CAUSE_NAME_LIMIT) - 1]}${delay === 0 ? '' : ` ${delay} ms`} of ${start[i]}`
          : `${site[i]} at ${start[i]}`,
      )
    }
    return lines
  }
  return { ...caused, causes, callBack, records }
}

describe('what set slices going', () => {
  it('is the moment in a slice at which the resource was made', () => {
    const { call, causes, callBack, records } = causedThread()
    call(a, () => {
      causes.created(5, 'Timeout', 20)
    })
    callBack(5, () => {
      call(b)
    })
    expect(records()).toEqual(['1 at 1', '2 at 4', '  Timeout 20 ms of 2'])
  })

  it('is nothing for what the message runs that starts a thread, and of older ports known by their type', () => {
    const { call, callBack, records } = causedThread(2)
    callBack(2, () => {
      call(a)
    })
    callBack(3, () => {
      call(b)
    })
    callBack(4, () => {
      call(b)
    })
    expect(records()).toEqual(['1 at 1', '2 at 3', '  MESSAGEPORT of 0', '2 at 5', '  unknown of 0'])
  })

  it('is handed on by callbacks of Node.js’s own', () => {
    const { call, causes, callBack, records } = causedThread()
    call(a, () => {
      causes.created(5, 'FSREQCALLBACK', 0)
    })
    callBack(5, () => {
      causes.created(6, 'FSREQCALLBACK', 0)
    })
    callBack(6, () => {
      call(b)
    })
    expect(records()).toEqual(['1 at 1', '2 at 4', '  FSREQCALLBACK of 2'])
  })

  it('is not known of what was made before', () => {
    const { call, callBack, records } = causedThread()
    callBack(7, () => {
      call(a)
    })
    expect(records()).toEqual(['1 at 1', '  unknown of 0'])
  })

  it('does not lead from a request to who listens', () => {
    const { call, causes, callBack, records } = causedThread()
    call(a, () => {
      causes.created(5, 'TCPSERVERWRAP', 0)
    })
    callBack(5, () => {
      causes.created(6, 'TCPWRAP', 0)
    })
    callBack(6, () => {
      call(b)
    })
    expect(records()).toEqual(['1 at 1', '2 at 3', '  TCPWRAP of 0'])
  })

  it('stands with the first slice among promises, when the event itself has none', () => {
    const { call, causes, callBack, records } = causedThread()
    call(a, () => {
      causes.created(5, 'FSREQPROMISE', 0)
    })
    callBack(
      5,
      () => undefined,
      () => {
        call(a)
        call(b)
      },
    )
    expect(records()).toEqual(['1 at 1', '1 at 4', '  FSREQPROMISE of 2', '2 at 6'])
  })

  it('is not said of slices inside others', () => {
    const { call, causes, callBack, records } = causedThread()
    causes.created(5, 'Immediate', 0)
    callBack(5, () => {
      call(a, () => {
        call(b)
      })
    })
    expect(records()).toEqual(['2 at 2', '1 at 1', '  Immediate of 0'])
  })

  it('follows the number of the activation', () => {
    const { probes, causes, callBack, memory } = causedThread()
    causes.created(5, 'Timeout', 0)
    callBack(5, () => {
      probes.pause(probes.begin(a), undefined)
    })
    expect([...memory.site.subarray(0, 4)]).toEqual([1, -1, CAUSE_MARKER, 0])
  })
})
