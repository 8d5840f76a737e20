import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { builderOf, traceOf, written, type Slice } from './support/page.js'

const SHOP = traceOf({
  main: [
    ['main', 0, 9_000_000],
    ['load', 1_000_000, 4_000_000],
    ['tax', 5_000_000, 5_500_000],
    ['tax', 6_000_000, 6_250_000],
  ],
  worker: [['resize', 0, 2_000_000]],
})

describe('the page', () => {
  it('asks nobody for anything: all it may run stands in it, by hash', async () => {
    const page = await written(SHOP)
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)?.[1]
    const hash = (tag: string): string => {
      const text = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)?.[1] ?? ''
      return `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`
    }
    expect(policy).toBe(
      [
        'default-src &#39;none&#39;',
        `script-src ${hash('script')}`,
        `style-src ${hash('style')}`,
        'base-uri &#39;none&#39;',
        'form-action &#39;none&#39;',
      ].join('; '),
    )
    expect(page).not.toMatch(/ (src|srcset|action|style|on\w+)=/)
    expect([...page.matchAll(/<link|<iframe|<object|<img|url\(|@import/g)]).toEqual([])
  })

  it.each([
    ['title', '<title>node main.ts --fast – Tracer</title>'],
    ['heading', '<h1><bdi>node main.ts --fast</bdi></h1>'],
    ['sums', '<p>5 calls of 4 functions in 9.00 ms, 2 threads, 1 process</p>'],
    ['folder', '<dt>Folder</dt><dd><bdi>/srv/shop/</bdi></dd>'],
    ['date', '<dt>Began</dt><dd><bdi>2026-09-21 14:13:20 UTC</bdi></dd>'],
    [
      'threads',
      '<td><bdi>main</bdi> <small>7</small></td><td><bdi>node</bdi> <small>7</small></td><td class="number">4</td>',
    ],
  ])('has the %s', async (_, part) => {
    expect(await written(SHOP)).toContain(part)
  })

  it('has the function table, dearest self time first', async () => {
    expect(tableOf(await written(SHOP))).toEqual([
      'main src/app.ts:3:5 | 5.25 ms | 9.00 ms | 1 | 9.00 ms | 9.00 ms',
      'load src/app.ts:3:5 | 3.00 ms | 3.00 ms | 1 | 3.00 ms | 3.00 ms',
      'resize src/app.ts:3:5 | 2.00 ms | 2.00 ms | 1 | 2.00 ms | 2.00 ms',
      'tax src/app.ts:3:5 | 750 µs | 750 µs | 2 | 375 µs | 500 µs',
    ])
  })

  it('has the call tree, dearest first', async () => {
    expect(treeOf(await written(SHOP))).toEqual([
      'main src/app.ts:3:5 81.8% 9.00 ms 5.25 ms 1',
      '  load src/app.ts:3:5 27.3% 3.00 ms 3.00 ms 1',
      '  tax src/app.ts:3:5 6.8% 750 µs 750 µs 2',
      'resize src/app.ts:3:5 18.2% 2.00 ms 2.00 ms 1',
    ])
  })

  it('says what it leaves out of both', async () => {
    const page = await written(SHOP, { functions: 1, branches: 2 })
    expect(tableOf(page)).toHaveLength(1)
    expect(page).toContain('<p class="note">3 functions with less self time are only in the trace.</p>')
    expect(treeOf(page)).toEqual([
      'main src/app.ts:3:5 81.8% 9.00 ms 5.25 ms 1',
      '  load src/app.ts:3:5 27.3% 3.00 ms 3.00 ms 1',
      '  1 cheaper or deeper branch, 750 µs',
      '1 cheaper or deeper branch, 2.00 ms',
    ])
  })

  it('stops nesting where browsers would', async () => {
    const slices = Array.from({ length: 3000 }, (_, level): Slice => [`f${level}`, level, 1_000_000 - level])
    const tree = treeOf(await written(traceOf({ main: slices })))
    expect(tree).toHaveLength(101)
    expect(tree[100].trim()).toBe('2,900 cheaper or deeper branches, 1.00 ms')
  })

  it('marks estimates for calls that left no slice', async () => {
    const builder = builderOf({ main: [['run', 0, 1000]] })
    builder.addUnrecorded(0, 1, 9, 9000)
    const page = await written(builder.build({ producer: '', clock: '', originEpochMs: 0 }))
    expect(tableOf(page)).toEqual(['run src/app.ts:3:5 | ~10.0 µs | ~10.0 µs | 10 | ~1.00 µs | 1.00 µs'])
    expect(page).toContain('~ with an estimate for calls that left no slice.')
  })

  it('says first what was lost', async () => {
    const builder = builderOf({ main: [['run', 0, 1000]], '': [] })
    builder.addDrop(0, { count: 1234, startNs: 2_000, endNs: 7_000 })
    builder.setIncomplete(1)
    const page = await written(builder.build({ producer: '', clock: '', originEpochMs: 0 }))
    expect(page).toContain(
      '<ul><li>main of process 7: 1,234 records were lost between 2.00 µs and 7.00 µs.</li>' +
        '<li>thread 8 of process 7: it ended without its last records.</li></ul>',
    )
    expect(await written(SHOP)).not.toContain('Not everything is here')
  })

  it('is a page when nothing was recorded', async () => {
    const page = await written(traceOf({}))
    expect(page).toContain('No function was recorded.')
    expect(page).toContain('No call was recorded.')
  })
})

describe('a name', () => {
  it.each([
    ['</script><img src=x onerror=alert(1)>', '&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;'],
    ['"><svg onload=alert(1)>', '&quot;&gt;&lt;svg onload=alert(1)&gt;'],
    ["' onclick='alert(1)", '&#39; onclick=&#39;alert(1)'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['<!-- -->', '&lt;!-- --&gt;'],
    ['a\u0000b\u001b[31m\nc', 'a␀b␛[31m␊c'],
    ['abc\u202Etxt.exe', 'abctxt.exe'],
  ])('%j does nothing in the page', async (name, shown) => {
    const builder = builderOf({ [name]: [[name, 0, 5]] })
    builder.addProcess({ pid: 8, name, commandLine: [name, name] })
    const page = await written(builder.build({ producer: name, clock: name, originEpochMs: 0 }), { title: name })
    expect(page.split(shown).length).toBeGreaterThan(6)
    expect(page).not.toContain(name)
    expect(skeletonOf(page)).toEqual(
      skeletonOf(await written(builderOf({ x: [['y', 0, 5]] }).build({ producer: 'p', clock: 'c', originEpochMs: 0 }))),
    )
  })

  it('of a megabyte is cut where it is shown', async () => {
    const page = await written(traceOf({ main: [['x'.repeat(1_000_000), 0, 5]] }))
    expect(Math.max(...(page.match(/x+/g) ?? []).map(({ length }) => length))).toBe(300)
  })
})

/** The table as a person would read it, a line a row. */
function tableOf(page: string): string[] {
  const [, body] = /<table id="function-table">[^]*?<tbody>([^]*?)<\/tbody>/.exec(page) ?? []
  return body
    .split('<tr>')
    .slice(1)
    .map((row) => textOf(row.replaceAll('<td', ' | <td')))
}

/** The tree likewise, indented by its nesting. */
function treeOf(page: string): string[] {
  const [, tree] = /<div class="row columns"[^\n]*\n([^]*?)<\/section>/.exec(page) ?? []
  let level = 0
  const lines = tree.split('\n').flatMap((line) => {
    level -= line.split('</details>').length - 1
    const text = textOf(line.replaceAll('</span><span', '</span> <span'))
    const indented = text === '' ? [] : ['  '.repeat(level) + text]
    level += line.split('<details').length - 1
    return indented
  })
  expect(level, 'as many ends as starts').toBe(0)
  return lines
}

function textOf(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The kinds of elements that a page has. */
function skeletonOf(page: string): string[] {
  return [...new Set(page.match(/<\/?[a-z]\w*/g))].sort()
}
