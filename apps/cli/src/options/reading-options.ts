import { listOption, option, textOption } from './option-spec.js'
import { readRange } from './option-values.js'

/** A serializer that is asked first whether it reads a file. */
export const READING = {
  serializer: textOption(
    '--serializer <package>',
    'a serializer of your own, a package or ./file, which is asked first whether it reads the file',
  ),
}

/** Which part of a trace is looked at. */
export const PART = {
  range: option<{ readonly fromNs: number; readonly toNs: number } | undefined>({
    flags: '--range <from..to>',
    meaning: 'only what ran between two moments, from the start of the trace: 10ms..20ms, 1s.., ..500us',
    initial: undefined,
    initialText: '',
    read: readRange,
  }),
  package: listOption(
    '--package <names>',
    "only functions of these packages; those of the project are '(app)'; the time of others is their caller's",
  ),
  thread: listOption('--thread <names>', 'only threads of these names or numbers'),
}
