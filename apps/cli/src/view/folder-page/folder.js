// Puts in how long each trace is: small files by themselves, one after another; large ones on a click.

/**
 * What the server says of a file.
 *
 * @typedef {{ span: string | null, reason?: string }} Answer
 */

/** @param {Element} place */
async function showSpan(place) {
  const text = document.createElement('span')
  const { span, reason } = await spanOf(place.getAttribute('data-file') ?? '')
  text.textContent = span ?? '–'
  if (reason !== undefined) text.title = reason
  place.replaceWith(text)
}

/**
 * @param {string} name
 * @returns {Promise<Answer>}
 */
async function spanOf(name) {
  try {
    const answer = await fetch(`span?file=${encodeURIComponent(name)}`)
    return answer.ok ? /** @type {Answer} */ (await answer.json()) : { span: null, reason: await answer.text() }
  } catch {
    return { span: null, reason: 'The server has ended.' }
  }
}

for (const button of document.querySelectorAll('button[data-file]')) {
  button.addEventListener('click', () => {
    button.setAttribute('disabled', '')
    button.textContent = '…'
    void showSpan(button)
  })
}
for (const place of document.querySelectorAll('span[data-file]')) await showSpan(place)
