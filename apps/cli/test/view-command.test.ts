import { readFile } from 'node:fs/promises'
import { get } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { browserCommand } from '../src/view/browser.js'
import { tempFolder } from './temp-folder.js'
import { tracer } from './tracer-process.js'
import { TRACE } from './view-fixture.js'

const TEST_MS = 120_000

/** What a person at the address would get, without a browser: the page, and each file. */
async function load(address: string): Promise<string[]> {
  const { origin, searchParams } = new URL(address)
  const { headers } = await fetched(address)
  const cookie = headers['set-cookie']?.[0].split(';')[0] ?? ''
  const paths = ['/?file=x', ...searchParams.getAll('file').map((name) => `/files/${encodeURIComponent(name)}`)]
  const texts: string[] = []
  for (const path of paths) texts.push((await fetched(origin + path, cookie)).text)
  return texts.slice(1)
}

function fetched(
  address: string,
  cookie = '',
): Promise<{ text: string; headers: { 'set-cookie'?: string[] | undefined } }> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { cookie } }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
      })
      response.once('end', () => resolve({ text, headers: response.headers }))
    }).once('error', reject)
  })
}

/** The text of a file, once there is one. */
async function waitFor(file: string): Promise<string> {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '')
    if (text.endsWith('\n')) return text
    await setTimeout(20)
  }
}

describe('tracer view', () => {
  it('prints the address alone on stdout, and ends with 0 at Ctrl-C', { timeout: TEST_MS }, async () => {
    const cwd = tempFolder({ 'a.json': TRACE, 'b.json': '[]' })
    let loaded: string[] = []
    const ended = await tracer(['view', '--no-open', 'a.json', 'b.json'], {
      cwd,
      onStdout: (child, text) => {
        void load(text.trim()).then((texts) => {
          loaded = texts
          child.kill('SIGINT')
        })
      },
    })
    expect(ended).toMatchObject({ exitCode: 0, signal: null })
    expect(ended.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}&file=a\.json&file=b\.json\n$/)
    expect(ended.stderr).toBe('Serving a.json, b.json to this machine alone, until Ctrl-C:\n')
    expect(loaded).toEqual([TRACE, '[]'])
  })

  it('ends by itself once all was loaded, when it is asked to', { timeout: TEST_MS }, async () => {
    const cwd = tempFolder({ 'a.json': TRACE })
    const ended = await tracer(['view', '--once', '--no-open', 'a.json'], {
      cwd,
      onStdout: (_, text) => void load(text.trim()),
    })
    expect(ended).toMatchObject({ exitCode: 0, signal: null })
  })

  it('opens the browser by an address of its own', { timeout: TEST_MS }, async () => {
    // It says what it was started with, and keeps the key out of what is compared.
    const opener = '#!/bin/sh\necho "$1" > opened.txt\n'
    const cwd = tempFolder({ 'a.json': TRACE, 'bin/xdg-open': opener })
    const ended = await tracer(['view', 'a.json'], {
      cwd,
      env: { PATH: `${join(cwd, 'bin')}:${process.env['PATH'] ?? ''}`, DISPLAY: ':9', WSL_DISTRO_NAME: '' },
      onStdout: (child) => void waitFor(join(cwd, 'opened.txt')).then(() => child.kill('SIGINT')),
    })
    expect(ended.exitCode).toBe(0)
    const opened = (await waitFor(join(cwd, 'opened.txt'))).trim()
    expect(opened).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}&file=a\.json$/)
    expect(opened).not.toBe(ended.stdout.trim())
  })

  it('says that no browser could be opened, and how to come from elsewhere', { timeout: TEST_MS }, async () => {
    const cwd = tempFolder({ 'a.json': TRACE })
    const nowhere = {
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      BROWSER: '',
      WSL_DISTRO_NAME: '',
      SSH_CONNECTION: '::1 1 ::1 22',
    }
    const { stderr } = await tracer(['view', '--once', 'a.json'], {
      cwd,
      env: nowhere,
      onStdout: (_, text) => void load(text.trim()),
    })
    expect(stderr).toMatch(/No browser could be opened: .*ssh -L (\d+):127\.0\.0\.1:\1 <this machine>/)
  })

  it('says that a port is in use', { timeout: TEST_MS }, async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    const cwd = tempFolder({ 'a.json': TRACE })
    expect(await tracer(['view', '--no-open', '--port', String(port), 'a.json'], { cwd })).toEqual({
      exitCode: 2,
      signal: null,
      stdout: '',
      stderr: `tracer: Port ${port} is in use.\nName another, or leave --port away: a free one is found.\n`,
    })
    other.close()
  })

  const refused: Record<string, { args: string[]; stderr: string }> = {
    'nothing to show': {
      args: [],
      stderr:
        "tracer: 'tracer view' needs <file | folder> [more files...].\nUsage: tracer view [options] <file | folder> [more files...]\n",
    },
    'a file that is not there': {
      args: ['b.json'],
      stderr:
        "tracer: There is no file 'b.json'. Did you mean a.json?\nA trace is made by 'tracer -o b.json <file>', which also runs the program.\n",
    },
    'a file that is no trace': {
      args: ['a.json', 'notes.txt'],
      stderr:
        "tracer: 'notes.txt' is not a trace.\nWhat can be shown: Perfetto trace, speedscope profile, V8 CPU profile, HTML page, Trace Event JSON, collapsed stacks.\nWith a serializer of your own: tracer convert --from <package or file> notes.txt -o trace.pftrace\n",
    },
    'a device': {
      args: ['/dev/null'],
      stderr: "tracer: '/dev/null' is a pipe or a device, which cannot be read twice.\nSave it to a file first.\n",
    },
    'a folder beside a file': {
      args: ['a.json', '.'],
      stderr:
        "tracer: '.' is a folder, and stands beside others.\nName one folder, whose list lets you choose, or files alone.\n",
    },
    'a folder of sources that is not there': {
      args: ['--source', 'none', 'a.json'],
      stderr: expect.stringMatching(/^tracer: The sources cannot be read: ENOENT.*\nName the folder/),
    },
    'a port that is none': {
      args: ['--port', '70000', 'a.json'],
      stderr: "tracer: --port takes a whole number up to 65535, not '70000'.\nFor example: --port 8080\n",
    },
  }

  it.each(Object.entries(refused))('refuses %s', { timeout: TEST_MS }, async (_, { args, stderr }) => {
    const cwd = tempFolder({ 'a.json': TRACE, 'notes.txt': 'Remember the milk.' })
    const ended = await tracer(['view', '--no-open', ...args], { cwd })
    expect(ended).toEqual({ exitCode: 2, signal: null, stdout: '', stderr })
  })
})

describe('the browser', () => {
  const address = 'http://127.0.0.1:1/?token=x&file=y'
  it.each([
    ['darwin', {}, ['open', address]],
    ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', address]],
    ['linux', { DISPLAY: ':0' }, ['xdg-open', address]],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', address]],
    ['linux', { WSL_DISTRO_NAME: 'Debian' }, ['wslview', address]],
    ['linux', { DISPLAY: '' }, undefined],
  ] as const)('is started on %s with %j', (platform, env, expected) => {
    const command = browserCommand(address, platform, env)
    expect(command && [command.command, ...command.args]).toEqual(expected)
  })
})
