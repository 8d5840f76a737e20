/**
 * Which file of one trace is which of another, where the same project may lie in another folder. A file
 * that both have is itself. Others go by the folders in which the two projects lie: those that bring
 * the most files together.
 *
 * ```
 * before  /home/ann/shop/src/a.ts  /home/ann/shop/src/b.ts      /home/ann/shop -> /ci/build
 * after   /ci/build/src/a.ts       /ci/build/src/b.ts
 * ```
 *
 * @returns for a file of `after`, the one of `before`, for those that have one
 */
export function filePairs(before: Iterable<string>, after: Iterable<string>): ReadonlyMap<string, string> {
  const known = new Set(before)
  const pairs = new Map<string, string>()
  const rest: string[] = []
  for (const file of new Set(after)) {
    if (known.delete(file)) pairs.set(file, file)
    else rest.push(file)
  }
  for (const [afterFolder, beforeFolder] of folderPairs(known, rest)) {
    for (const file of rest) {
      if (pairs.has(file) || !file.startsWith(afterFolder)) continue
      const meant = beforeFolder + file.slice(afterFolder.length)
      if (known.delete(meant)) pairs.set(file, meant)
    }
  }
  return pairs
}

/** Folders of `after` and `before` that hold files of the same name, the pair with the most such files first. */
function folderPairs(before: Iterable<string>, after: Iterable<string>): (readonly [string, string])[] {
  const byName = new Map<string, string[]>()
  for (const file of before) {
    const name = nameOf(file)
    const files = byName.get(name)
    if (files === undefined) byName.set(name, [file])
    else files.push(file)
  }
  const votes = new Map<string, { readonly folders: readonly [string, string]; count: number }>()
  for (const file of after) {
    for (const other of byName.get(nameOf(file)) ?? []) {
      const shared = sharedEnd(file, other)
      const folders = [file.slice(0, file.length - shared), other.slice(0, other.length - shared)] as const
      const key = folders.join('\0')
      const vote = votes.get(key)
      if (vote === undefined) votes.set(key, { folders, count: 1 })
      else vote.count++
    }
  }
  return [...votes.values()].sort((a, b) => b.count - a.count).map(({ folders }) => folders)
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1)
}

/** Length of the longest end that two paths share, in whole segments. */
function sharedEnd(one: string, other: string): number {
  let shared = 0
  for (let length = 1; length <= one.length && length <= other.length; length++) {
    const character = one[one.length - length]
    if (character !== other[other.length - length]) break
    if (character === '/') shared = length
  }
  return shared
}
