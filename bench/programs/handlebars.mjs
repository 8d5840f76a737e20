// Compiles a template and renders a table of 2,000 rows with it, ten times a round.
import Handlebars from 'handlebars'
import { repeat } from './rounds.mjs'

const TEMPLATE = `<table>
{{#each rows}}
  <tr class="{{#if @first}}first{{else}}later{{/if}}">
    <td>{{id}}</td><td>{{upper name}}</td><td>{{{link}}}</td>
    {{#each tags}}<td>{{this}}</td>{{/each}}
    {{#with owner}}<td>{{name}} &lt;{{mail}}&gt;</td>{{/with}}
    {{> price}}
  </tr>
{{/each}}
</table>`

const rows = Array.from({ length: 2000 }, (_, id) => ({
  id,
  name: `Row "${id}" & more`,
  link: `<a href="/rows/${id}">open</a>`,
  tags: ['new', id % 2 === 0 ? 'even' : 'odd'],
  owner: { name: `Owner ${id % 17}`, mail: `owner${id % 17}@example.org` },
  cents: id * 37,
}))

repeat(15, 3, () => {
  let length = 0
  for (let time = 0; time < 10; time += 1) {
    // Another one each time: it keeps what it has compiled.
    const handlebars = Handlebars.create()
    handlebars.registerHelper('upper', (text) => String(text).toUpperCase())
    handlebars.registerPartial('price', '<td>{{cents}}</td>')
    length += handlebars.compile(TEMPLATE)({ rows }).length
  }
  return length
})
