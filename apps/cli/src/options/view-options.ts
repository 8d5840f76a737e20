import { option, switchOption, type OptionTable, type OptionValues } from './option-spec.js'
import { readPort } from './option-values.js'

/** Options of `tracer view`. */
export const VIEW_OPTIONS = {
  port: option<number>({
    flags: '--port <n>',
    meaning: 'where to listen, on 127.0.0.1',
    initial: 0,
    initialText: 'a free one',
    read: readPort,
  }),
  open: option<boolean>({
    flags: '--no-open',
    meaning: 'print the address and open no browser',
    initial: true,
    initialText: '',
  }),
  once: switchOption('--once', 'end when the page and its file were loaded'),
  source: option<readonly string[]>({
    flags: '--source <folder>',
    meaning: 'let the page show source files of this folder; it can be given again',
    initial: [],
    initialText: '',
    read: (text, _, before) => [...before, text],
  }),
} satisfies OptionTable

export type ViewOptions = OptionValues<typeof VIEW_OPTIONS>
