import type { NewBook } from './book.ts'

const ADJECTIVES = ['Silent', 'Second', 'Hidden', 'Burning', 'Last', 'Northern', 'Borrowed', 'Paper', 'Quiet']
const NOUNS = ['River', 'Compiler', 'Garden', 'Winter', 'Machine', 'Harbour', 'Clock', 'Orchard', 'Signal']
const FIRST_NAMES = ['Ada', 'Edsger', 'Grace', 'Alan', 'Barbara', 'Donald', 'Frances']
const LAST_NAMES = ['Fontaine', 'Okafor', 'Lindqvist', 'Moreau', 'Tanaka', 'Silva', 'Novak', 'Haddad']

/** `count` different books, the same ones each time. */
export function* inventBooks(count: number): Generator<NewBook> {
  for (let index = 0; index < count; index += 1) {
    yield { title: inventTitle(index), author: inventAuthor(index), year: 1900 + ((index * 37) % 125) }
  }
}

function inventTitle(index: number): string {
  const volume = Math.floor(index / (ADJECTIVES.length * NOUNS.length))
  const title = `The ${pick(ADJECTIVES, index)} ${pick(NOUNS, Math.floor(index / ADJECTIVES.length))}`
  return volume === 0 ? title : `${title}, part ${volume + 1}`
}

function inventAuthor(index: number): string {
  return `${pick(FIRST_NAMES, index)} ${pick(LAST_NAMES, index)}`
}

function pick(words: readonly string[], index: number): string {
  return words[index % words.length] ?? ''
}
