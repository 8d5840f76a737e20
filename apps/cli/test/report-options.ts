import type { ReportOptions } from '../src/options/report-options.js'

/** What `tracer report` goes by when nothing is asked for. */
export const REPORT_DEFAULTS: ReportOptions = {
  async: false,
  top: 20,
  sort: 'self',
  depth: 12,
  minPercent: 1,
  inverted: false,
  range: undefined,
  package: [],
  thread: [],
  raw: false,
  serializer: undefined,
}
