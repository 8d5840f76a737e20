// What the page does by itself. It runs before the trace, which follows it, has come.

const BLOCKS = 'script[type="application/vnd.tracer.pftrace+gzip;base64"]'

/**
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
function element(id, type) {
  const found = document.getElementById(id)
  if (found instanceof type) return found
  throw new Error(`The page has no ${id}.`)
}

// The function table: a click on a heading sorts, typing filters.

const functions = element('function-table', HTMLTableElement)
const [body] = functions.tBodies
const rows = [...body.rows]
const headings = [...functions.querySelectorAll('th button')].flatMap((button) => button.closest('th') ?? [])

for (const [column, heading] of headings.entries()) {
  heading.addEventListener('click', () => {
    const usual = column === 0 ? 'ascending' : 'descending'
    const opposite = column === 0 ? 'descending' : 'ascending'
    const order = heading.getAttribute('aria-sort') === usual ? opposite : usual
    for (const other of headings) other.removeAttribute('aria-sort')
    heading.setAttribute('aria-sort', order)
    const sign = order === 'ascending' ? 1 : -1
    rows.sort((a, b) => sign * compared(a.cells[column], b.cells[column]))
    body.append(...rows)
  })
}

/**
 * @param {HTMLTableCellElement} a
 * @param {HTMLTableCellElement} b
 */
function compared(a, b) {
  if (a.dataset['value'] === undefined) return (a.textContent ?? '').localeCompare(b.textContent ?? '')
  return Number(a.dataset['value']) - Number(b.dataset['value'])
}

const filter = element('filter', HTMLInputElement)
const filterStatus = element('filter-status', HTMLOutputElement)
const texts = new Map(rows.map((row) => [row, (row.cells[0].textContent ?? '').toLowerCase()]))
element('filter-box', HTMLLabelElement).hidden = false
filter.addEventListener('input', showMatches)
// A page that is gone back to has its old text in the box.
showMatches()

function showMatches() {
  const wanted = filter.value.trim().toLowerCase()
  let matches = 0
  for (const [row, text] of texts) {
    row.hidden = !text.includes(wanted)
    if (!row.hidden) matches++
  }
  filterStatus.textContent = wanted === '' ? '' : `${matches} of ${rows.length}`
}

// The trace, unpacked into a file.

const save = element('save', HTMLButtonElement)
const saveStatus = element('save-status', HTMLParagraphElement)

document.addEventListener('DOMContentLoaded', () => (save.disabled = false))
save.addEventListener('click', () => {
  save.disabled = true
  saveTrace()
    .catch(() => {
      saveStatus.textContent =
        'The trace in this page cannot be unpacked: the page was cut short or changed. ' +
        'tracer convert <page> -o trace.pftrace saves what is left.'
    })
    .finally(() => (save.disabled = false))
})

async function saveTrace() {
  const unpacked = packedTrace().pipeThrough(new DecompressionStream('gzip'))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await new Response(unpacked).blob())
  link.download = fileName()
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Block by block, as it is asked for. */
function packedTrace() {
  const blocks = document.querySelectorAll(BLOCKS).values()
  return new ReadableStream({
    pull(controller) {
      const { value, done } = blocks.next()
      if (done === true) controller.close()
      else controller.enqueue(Uint8Array.from(atob(value.textContent ?? ''), (letter) => letter.charCodeAt(0)))
    },
  })
}

/** As the page, with the ending of a trace. */
function fileName() {
  const page = location.pathname.split('/').at(-1) ?? ''
  const name = page.replace(/\.html?$/i, '')
  return `${name === '' ? 'trace' : decodeURIComponent(name)}.pftrace`
}
