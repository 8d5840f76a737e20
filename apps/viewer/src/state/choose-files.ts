import { openFiles } from './places.js'

/** Asks the person for files. */
export function chooseFiles(): void {
  const field = document.createElement('input')
  field.type = 'file'
  field.multiple = true
  field.addEventListener('change', () => openFiles(field.files ?? []))
  field.click()
}
