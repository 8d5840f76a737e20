export const own = () => [import.meta.url, import.meta.filename, import.meta.dirname]
export const keys = Object.keys(import.meta)
