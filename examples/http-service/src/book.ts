import { ValidationError } from './http-error.ts'

export interface Book {
  readonly id: string
  readonly title: string
  readonly author: string
  readonly year: number
}

export type NewBook = Omit<Book, 'id'>

/** A book out of the body of a request, whose content is anyone's guess. */
export function parseBook(body: unknown): NewBook {
  if (typeof body !== 'object' || body === null) throw new ValidationError('body', 'has to be an object')
  const fields = body as Record<string, unknown>
  return {
    title: text(fields, 'title'),
    author: text(fields, 'author'),
    year: year(fields, 'year'),
  }
}

function text(fields: Record<string, unknown>, name: string): string {
  const value = fields[name]
  if (typeof value !== 'string' || value.trim() === '') throw new ValidationError(name, 'has to be a text')
  return value.trim()
}

function year(fields: Record<string, unknown>, name: string): number {
  const value = fields[name]
  const isYear = typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 2100
  if (!isYear) throw new ValidationError(name, 'has to be a year before 2100')
  return value
}
