import { expect, it } from 'vitest'
import { packageOf } from '../src/index.js'

const files: Record<string, string> = {
  '/home/ann/shop/src/app.ts': '(app)',
  'src/app.ts': '(app)',
  '': '(app)',
  'node:fs': 'node:',
  '/shop/node_modules/eta/dist/eta.js': 'eta',
  'node_modules/eta/dist/eta.js': 'eta',
  '/shop/node_modules/@babel/core/lib/index.js': '@babel/core',
  '/shop/node_modules/.pnpm/eta@3.5.0/node_modules/eta/dist/eta.js': 'eta',
  '/shop/node_modules/a/node_modules/b/index.js': 'b',
  'file:///shop/node_modules/eta/dist/eta.js': 'eta',
  'C:\\shop\\node_modules\\@babel\\core\\lib\\index.js': '@babel/core',
  '/shop/two\nlines/node_modules/eta/index.js': 'eta',
  '/srv/node_modules': '(app)',
  '/shop/my_node_modules/eta/index.js': '(app)',
}

it.each(Object.entries(files))('%j belongs to %s', (file, name) => {
  expect(packageOf(file)).toBe(name)
})
