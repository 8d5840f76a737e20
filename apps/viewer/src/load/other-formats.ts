import { collapsed } from '@tracer/serializer-collapsed'
import { cpuprofile } from '@tracer/serializer-cpuprofile'
import { html } from '@tracer/serializer-html'
import { json } from '@tracer/serializer-json'
import { speedscope } from '@tracer/serializer-speedscope'
import type { Format } from './formats.js'

/** Those with a mark of their own stand before JSON of any kind. */
export const OTHER_FORMATS: readonly Format[] = [
  { title: 'speedscope profile', serializer: speedscope() },
  { title: 'V8 CPU profile', serializer: cpuprofile() },
  { title: 'HTML page', serializer: html() },
  { title: 'Trace Event JSON', serializer: json() },
  { title: 'collapsed stacks', serializer: collapsed() },
]
