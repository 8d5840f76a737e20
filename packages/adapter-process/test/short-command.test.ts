import { describe, expect, it } from 'vitest'
import { programName, shortCommand } from '../src/short-command.js'

describe('a command, in a few words', () => {
  it.each([
    ['/usr/bin/node', 'node /srv/app/child.js 5 3', 'node child.js'],
    ['node', 'node --no-warnings -r ./hook.js --import=x child.mjs', 'node child.mjs'],
    ['node', 'node -e code', 'node -e'],
    ['node', 'node --input-type=module --eval code', 'node --eval'],
    ['node', 'node', 'node'],
    ['node', 'node --version', 'node'],
    ['node', 'node -', 'node -'],
    ['/usr/bin/node', '/usr/bin/node /usr/lib/node_modules/npm/bin/npm-cli.js run build', 'npm run build'],
    ['npm', 'npm run --silent build -- --fast', 'npm run build'],
    ['npm', 'npm test', 'npm test'],
    ['npm.cmd', 'npm.cmd ci', 'npm ci'],
    ['node', 'node /usr/bin/npm run build', 'npm run build'],
    ['npx', 'npx --no-install tool 6', 'npx tool'],
    ['yarn', 'yarn', 'yarn'],
    ['/bin/sh', '/bin/sh script.sh 1 2', 'sh script.sh 1'],
    ['/usr/bin/git', 'git log --oneline', 'git'],
  ])('%s as %j is %s', (file, args, text) => {
    expect(shortCommand(file, args.split(' '))).toBe(text)
  })

  it('of a shell has the beginning of its text, on one line', () => {
    expect(shortCommand('sh', ['sh', '-c', 'exit  4\n'])).toBe('sh -c exit 4')
    expect(shortCommand('sh', ['sh', '-c', 'node child.js 5 3 && node other.js --all'])).toBe(
      'sh -c node child.js 5 3 && node other.j…',
    )
  })

  it('is of a running program what it runs', () => {
    expect(programName([], ['/usr/bin/node', '/srv/app.js', '--port', '1'])).toBe('app.js')
    expect(programName(['-e', 'code'], ['/usr/bin/node', 'x'])).toBe('node -e')
    expect(programName([], ['/usr/bin/node', '/lib/npm/bin/npx-cli.js', 'tool'])).toBe('npx tool')
    expect(programName(['--no-warnings'], ['/usr/bin/node'])).toBe('node')
  })
})
