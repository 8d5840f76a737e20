import { expect, it } from 'vitest'
import { Markup, markupTag } from '../src/index.js'

const page = markupTag()

it.each([
  ['</p><script>', '&lt;/p&gt;&lt;script&gt;'],
  [`"a" 'b' &amp;`, '&quot;a&quot; &#39;b&#39; &amp;amp;'],
  ['a\u0000b\u001b[31m\nc', 'a␀b␛[31m␊c'],
  ['abc\u202etxt.exe\u007f', 'abctxt.exe'],
  ['half \ud83d of two, \ude00 too', 'half \ufffd of two, \ufffd too'],
  ['whole \ud83d\ude00', 'whole \ud83d\ude00'],
  ['no characters \ufffe\uffff', 'no characters \ufffd\ufffd'],
])('%j is shown, and does nothing', (text, shown) => {
  expect(page`<p title="${text}">${text}</p>`.text).toBe(`<p title="${shown}">${shown}</p>`)
})

it('markup within markup stays what it is', () => {
  const items = ['a', '<'].map((text) => page`<li>${text}</li>`)
  expect(page`<ul>${items}${new Markup('<hr>')}</ul>`.text).toBe('<ul><li>a</li><li>&lt;</li><hr></ul>')
})

it('what is not there leaves nothing', () => {
  expect(page`<p>${undefined}</p>`.text).toBe('<p></p>')
})

it('numbers are written as the document wants them', () => {
  expect(page`${1 / 3}`.text).toBe('0.3333333333333333')
  expect(markupTag({ numberText: (value) => value.toFixed(2) })`${1 / 3}`.text).toBe('0.33')
})

it('lines stay where the document has some', () => {
  expect(markupTag({ controls: 'but-lines' })`${'a\nb\tc'}`.text).toBe('a\nb␉c')
})

it('a text that the page gives back is left as it is', () => {
  const form = markupTag({ controls: 'kept' })
  expect(form`<input value="${'a\u0001\u202e"b'}">`.text).toBe('<input value="a\u0001\u202e&quot;b">')
})
