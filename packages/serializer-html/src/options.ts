import { TracerError } from '@tracer/core'
import { PageTemplate } from './page-template.js'

/** How {@link html} makes its page. What the page leaves out is in the trace that it holds. */
export interface HtmlOptions {
  /** Heading of the page; the command that was traced unless given. */
  readonly title?: string
  /** Functions in the table, from the dearest: 1,000 unless given. */
  readonly functions?: number
  /** Branches of the call tree, from the dearest: 2,000 unless given. */
  readonly branches?: number
  /**
   * Another page to show the trace, as text with `<!--tracer:data-->` where the trace goes; the viewer's is one.
   * It has to hold `<meta name="tracer-page" content="1">` in its first 4,096 bytes, and shows what it likes.
   */
  readonly page?: string
}

/** How much of a trace a page shows. */
export interface PageCut {
  /** Undefined for the one that the trace suggests. */
  readonly title: string | undefined
  readonly functions: number
  readonly branches: number
  /** Undefined for the page of this package. */
  readonly template: PageTemplate | undefined
}

const USUAL = { functions: 1000, branches: 2000 }

/** The options with what they are when they are not given. @throws TracerError `INVALID_OPTION` */
export function optionsOf(options: HtmlOptions): PageCut {
  for (const name of Object.keys(options)) {
    if (NAMES.includes(name)) continue
    throw new TracerError('INVALID_OPTION', `html() has no option "${name}". It has: ${NAMES.join(', ')}.`)
  }
  const { title, page, functions = USUAL.functions, branches = USUAL.branches } = options
  if (title !== undefined && typeof title !== 'string') {
    throw new TracerError('INVALID_OPTION', `html() option "title" is ${String(title)}. Give a text.`)
  }
  for (const [name, value] of Object.entries({ functions, branches })) {
    if (Number.isInteger(value) && value >= 0) continue
    throw new TracerError('INVALID_OPTION', `html() option "${name}" is ${String(value)}. Give a whole number from 0.`)
  }
  return { title, functions, branches, template: page === undefined ? undefined : new PageTemplate(page) }
}

const NAMES = ['title', 'functions', 'branches', 'page']
