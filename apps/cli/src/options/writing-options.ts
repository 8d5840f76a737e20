import { JSON_FLAVORS, type JsonFlavor } from '../formats/known-formats.js'
import { option, textOption } from './option-spec.js'
import { readChoice } from './option-values.js'

/** Where a recording is saved. */
export const OUTPUT = option<string>({
  flags: '-o, --output <file>',
  meaning: 'where to save the trace; its ending chooses the format; missing folders are made',
  initial: 'trace.pftrace',
  initialText: 'trace.pftrace',
  read: (text) => text,
})

/** In which format a file is written. */
export const WRITING = {
  serializer: textOption(
    '--serializer <package>',
    'a serializer of your own, a package or ./file; it writes in place of the one that the ending chooses',
  ),
  jsonFlavor: option<JsonFlavor | undefined>({
    flags: '--json-flavor <name>',
    meaning: `write Trace Event JSON for one program alone: ${JSON_FLAVORS.join(', ')}`,
    initial: undefined,
    initialText: 'opens in all',
    read: (text, flag) => readChoice(JSON_FLAVORS, text, flag),
  }),
}
