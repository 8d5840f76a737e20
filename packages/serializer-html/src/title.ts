import type { Trace } from '@tracer/core'

const MAX_LENGTH = 100

/** What was traced, as a heading: the first command, with files by their names only. */
export function titleOf({ processes }: Trace): string {
  const command = processes.find(({ commandLine }) => commandLine.length > 0)?.commandLine.map(nameOf)
  const title = command?.join(' ') ?? processes.find(({ name }) => name !== '')?.name ?? 'Trace'
  return title.length > MAX_LENGTH ? `${title.slice(0, MAX_LENGTH)}…` : title
}

function nameOf(word: string): string {
  return /^(?:[/\\]|[A-Za-z]:\\).*[/\\]([^/\\]+)$/.exec(word)?.[1] ?? word
}
