// Puts in how long each trace is: small files by themselves, one after another; large ones on a click.

/** @param {Element} place */
async function showSpan(place) {
  const name = place.getAttribute('data-file') ?? ''
  const answer = await fetch(`span?file=${encodeURIComponent(name)}`).catch(() => undefined)
  const text = document.createElement('span')
  text.textContent = answer?.ok === true ? await answer.text() : '–'
  if (answer?.ok !== true) text.title = answer === undefined ? 'The server has ended.' : await answer.text()
  place.replaceWith(text)
}

for (const button of document.querySelectorAll('button[data-file]')) {
  button.addEventListener('click', () => {
    button.setAttribute('disabled', '')
    button.textContent = '…'
    void showSpan(button)
  })
}
for (const place of document.querySelectorAll('span[data-file]')) await showSpan(place)
