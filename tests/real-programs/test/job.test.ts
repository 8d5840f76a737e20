import { describe, expect, it } from 'vitest'
import { readJobs } from '../lib/job.mjs'
import { splitSummary } from '../lib/tracer-summary.mjs'

describe('readJobs', () => {
  it('covers what the tracer promises to leave as it is', () => {
    const kinds = new Set(readJobs([]).map(({ kind }) => kind))
    const promised =
      'compiler, bundler, linter, formatter, template engine, web framework, date library, parser, promise library, validator, test runner, logger'
    expect([...kinds]).toEqual(expect.arrayContaining(promised.split(', ')))
  })
  it('names the jobs there are when one is unknown', () => {
    expect(() => readJobs(['nothing'])).toThrow(/^No job is called nothing; there are acorn, /)
  })
})

describe('splitSummary', () => {
  it('leaves what the program printed, with or without an end of line', () => {
    expect(splitSummary('own{"output":"/own/x","events":2}\n', '/own')).toEqual({
      stderr: 'own',
      summary: { output: 'x', events: 2 },
    })
  })
  it('leaves everything when there is no summary', () => {
    expect(splitSummary('own\n{"output":', '/own')).toEqual({ stderr: 'own\n{"output":' })
  })
})
