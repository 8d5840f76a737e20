import { expect, it } from 'vitest'
import { Places } from '../src/index.js'

const at = (file: string, line = 0, column = 0): { file: string; line: number; column: number } => ({
  file,
  line,
  column,
})
const files = (...paths: readonly string[]): { file: string }[] => paths.map((file) => ({ file }))

it.each([
  [['/srv/shop/src/app.ts', '/srv/shop/src/cart.ts'], '/srv/shop/src/'],
  [['/srv/shop/src/app.ts', '/srv/shop/lib/deep/cart.ts'], '/srv/shop/'],
  [['/srv/shop/src/app.ts', '/srv/shopping/app.ts'], '/srv/'],
  [['/srv/app.ts', 'node:fs', ''], '/srv/'],
  [['C:\\shop\\app.ts', 'C:\\shop\\lib\\cart.ts'], 'C:\\shop\\'],
  [['/srv/app.ts', 'file:///srv/app.ts'], ''],
  [[], ''],
])('%j have %j in common', (paths, folder) => {
  expect(new Places(files(...paths)).folder).toBe(folder)
})

it('a place is said as far as it is known', () => {
  const places = new Places(files('/srv/src/app.ts', '/srv/lib/cart.ts'))
  expect(places.of(at('/srv/src/app.ts', 12, 8))).toBe('src/app.ts:12:8')
  expect(places.of(at('/srv/src/app.ts', 12))).toBe('src/app.ts:12')
  expect(places.of(at('/srv/src/app.ts'))).toBe('src/app.ts')
  expect(places.of(at('', 12, 8))).toBe('')
})

it('what lies elsewhere is said in full', () => {
  expect(new Places(files('/srv/app.ts')).of(at('node:fs', 3))).toBe('node:fs:3')
})

it('the end of a long path is what says most', () => {
  expect(new Places([], 8).fileOf(at('/a/long/way/app.ts'))).toBe('…/app.ts')
})
