/** A whole number that follows from a name alone, for colours that are the same in every picture. */
export function nameHash(name: string): number {
  // FNV-1a, of the beginning: a name may have a megabyte.
  let hash = 0x811c9dc5
  for (let i = 0; i < Math.min(name.length, 200); i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
