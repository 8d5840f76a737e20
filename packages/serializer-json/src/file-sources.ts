/**
 * Texts of source files, in metadata events of our own called `tracer_sources` at the end of a file,
 * where a cut does the least harm: a part of one text each, so that no line grows with the program.
 */
export const SOURCES_EVENT_NAME = 'tracer_sources'

/** UTF-16 units a part. */
const PART_LENGTH = 16_384

/** A part of a source text; part 0 begins it. */
export interface SourcePart {
  readonly file: string
  readonly part: number
  readonly text: string
}

/** The arguments of the `tracer_sources` events, as JSON text. */
export function* sourceTexts(sources: ReadonlyMap<string, string>): Generator<string, void, undefined> {
  for (const [file, text] of sources) {
    for (let part = 0; part === 0 || part * PART_LENGTH < text.length; part++) {
      // Half a surrogate pair is written as an escape, so a part may end inside one.
      const content = text.slice(part * PART_LENGTH, (part + 1) * PART_LENGTH)
      yield JSON.stringify({ file, part, text: content } satisfies SourcePart)
    }
  }
}

/** Reads the arguments of a `tracer_sources` event; undefined when they are not what we write. */
export function parseSource(args: unknown): SourcePart | undefined {
  if (typeof args !== 'object' || args === null) return undefined
  const { file, part, text }: { file?: unknown; part?: unknown; text?: unknown } = args
  if (typeof file !== 'string' || typeof part !== 'number' || typeof text !== 'string') return undefined
  return { file, part, text }
}

/** Puts the parts together again. */
export class SourceParts {
  readonly texts = new Map<string, string>()

  add({ file, part, text }: SourcePart): void {
    this.texts.set(file, part === 0 ? text : (this.texts.get(file) ?? '') + text)
  }
}
