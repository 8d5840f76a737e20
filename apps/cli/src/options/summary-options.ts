import { choiceOption, switchOption } from './option-spec.js'

export type SummaryKind = 'text' | 'json' | 'none'

const SUMMARY_KINDS: readonly SummaryKind[] = ['text', 'json', 'none']

/** What is said when a recording is saved. */
export const SUMMARY = {
  summary: choiceOption(
    '--summary <kind>',
    'what to print on stderr at the end: text, none, or json, as one line, the last',
    SUMMARY_KINDS,
    'text',
  ),
  quiet: switchOption('--quiet', 'print nothing but errors'),
}
