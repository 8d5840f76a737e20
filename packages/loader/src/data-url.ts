/** Whether a module has its text in its URL, which then stands for its file. */
export function isDataUrl(file: string): boolean {
  return file.startsWith('data:')
}

/** What a trace calls a module's file: URLs that hold a text are of any length. */
export function shownFile(file: string): string {
  return isDataUrl(file) ? `[data: ${hashOf(file)}]` : file
}

function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
