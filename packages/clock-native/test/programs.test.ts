import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'tsup'
import { describe, expect, it } from 'vitest'
import { addonFile } from '../src/index.js'
import { FOLDER, hasCompiler, temporaryFolder } from './addons.js'
import { NODES } from './nodes.js'

describe.each(NODES)('on $title', ({ path: node }) => {
  it('bundles into a preload, which leaves no module behind', async () => {
    using folder = temporaryFolder()
    const entry = join(folder.path, 'preload.ts')
    writeFileSync(entry, PRELOAD)
    await build({
      config: false,
      silent: true,
      entry: [entry],
      outDir: folder.path,
      format: ['cjs'],
      noExternal: [/./],
      esbuildOptions: (options) => {
        options.nodePaths = [join(FOLDER, 'node_modules')]
      },
    })
    const program = 'console.log(Object.keys(require.cache).some((file) => file.endsWith(".node")))'
    const printed = execFileSync(node, ['-r', join(folder.path, 'preload.cjs'), '-e', program], { encoding: 'utf8' })
    expect(printed).toBe(`${hasCompiler}\nfalse\n`)
  })

  // Nothing to compare without a compiler; another test sees to it that nothing else is the reason.
  if (hasCompiler) {
    it('agrees to 50 µs between five threads and one that was terminated', () => {
      const program = join(import.meta.dirname, 'fixtures', 'threads.mjs')
      const printed = execFileSync(node, [program], { encoding: 'utf8' })
      const { outsideNs } = JSON.parse(printed)
      expect(outsideNs).toHaveLength(5)
      expect(Math.max(...outsideNs)).toBeLessThan(50_000)
    })
  }
})

const PRELOAD = `
  import { openNativeClock } from ${JSON.stringify(join(FOLDER, 'src', 'from-file.ts'))}
  const { clock } = openNativeClock({ addon: ${JSON.stringify(addonFile)} })
  console.log(clock !== undefined && clock.now() < clock.now())
`
