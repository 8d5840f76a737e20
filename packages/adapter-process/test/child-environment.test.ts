import { describe, expect, it } from 'vitest'
import { markedEnvironment, takeAdditions, takeMark, type RecordingVariables } from '../src/child-environment.js'

const RECORDING: RecordingVariables = {
  preloadOption: '--require /x/register.cjs',
  variables: { TRACER_SESSION: '/tmp/s', TRACER_OPTIONS: '{}' },
}
const COMPLETE = ['TRACER_SESSION=/tmp/s', 'TRACER_OPTIONS={}']
const PRELOAD = 'NODE_OPTIONS=--require /x/register.cjs'
const MARK = { key: '1-0-a-1', isDetached: false }

/** What a child finds, and what it is left with when its preload is done. */
function roundTrip(pairs: readonly string[], isWanted = true) {
  const found = markedEnvironment(pairs, MARK, RECORDING, () => isWanted)
  const environment: NodeJS.ProcessEnv = Object.fromEntries(
    found.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )
  const spawn = takeMark(environment)
  if (spawn !== undefined) takeAdditions(environment, spawn, RECORDING)
  return { found, spawn, left: Object.entries(environment).map(([name, value]) => `${name}=${value}`) }
}

describe('the environment of a child', () => {
  it.each([
    ['nothing', []],
    ['other variables', ['A=1', 'PATH=/bin']],
    ['options of its own', ['NODE_OPTIONS=--max-old-space-size=99', ...COMPLETE]],
    ['empty options', ['NODE_OPTIONS=', 'A=1']],
    ['no options', COMPLETE],
    ['all but a variable', [PRELOAD, 'TRACER_SESSION=/tmp/s']],
    ['variables of another session', [PRELOAD, 'TRACER_SESSION=/tmp/other', 'TRACER_OPTIONS={"exact":true}']],
    ['everything', ['A=1', ...COMPLETE, `${PRELOAD} --trace-warnings`]],
  ])('that was to have %s lets it be recorded, and is left as it was asked for', (_, pairs) => {
    const { found, spawn, left } = roundTrip(pairs)
    expect(found.find((pair) => pair.startsWith('NODE_OPTIONS='))).toContain(RECORDING.preloadOption)
    expect(found.map((pair) => pair.split('=')[0])).toEqual(
      expect.arrayContaining(['TRACER_SESSION', 'TRACER_OPTIONS', 'TRACER_SPAWN']),
    )
    expect(new Set(found.map((pair) => pair.split('=')[0])).size).toBe(found.length)
    expect(spawn).toMatchObject(MARK)
    expect(left.toSorted()).toEqual(pairs.toSorted())
  })

  it('stays as it is for a command that is not Node.js, unless it has all that is needed', () => {
    expect(roundTrip(['A=1'], false).found).toEqual(['A=1'])
    expect(roundTrip([PRELOAD, ...COMPLETE], false).spawn).toMatchObject(MARK)
  })

  it('has one mark, that of the last start', () => {
    const { found } = roundTrip(['TRACER_SPAWN=old,,nothing', PRELOAD, ...COMPLETE])
    expect(found.filter((pair) => pair.startsWith('TRACER_SPAWN='))).toEqual(['TRACER_SPAWN=1-0-a-1,,nothing'])
  })

  it('tells nothing to a process that nobody started', () => {
    expect(takeMark({ A: '1' })).toBeUndefined()
  })
})
