/** How alike two texts are, from 0 to 1: the share of three-letter groups that both have. */
export function similarity(a: string, b: string): number {
  const [left, right] = [trigrams(a), trigrams(b)]
  let common = 0
  for (const trigram of left) {
    if (right.has(trigram)) common += 1
  }
  return (2 * common) / (left.size + right.size)
}

/** Every run of three letters, the ends of the text included: `to` gives `  t`, ` to`, `to `. */
function trigrams(text: string): Set<string> {
  const padded = `  ${normalize(text)} `
  const found = new Set<string>()
  for (let index = 0; index + 3 <= padded.length; index += 1) found.add(padded.slice(index, index + 3))
  return found
}

function normalize(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ')
}
