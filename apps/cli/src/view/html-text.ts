const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** HTML with values put in as text, whatever stands in them; also within quoted attributes. */
export function htmlText(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return parts.reduce((text, part, index) => text + escaped(String(values[index - 1])) + part)
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => REFERENCES[character])
}
