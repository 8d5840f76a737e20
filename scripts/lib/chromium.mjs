import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runCommand } from './command.mjs'

/** Browsers that understand the tests' protocol, as a PATH may have them; Debian's first. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe']

/** Where macOS keeps them, which puts no program on the PATH. */
const APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Names a browser that is not found, and wins over one that is. */
const VARIABLE = 'TRACER_CHROMIUM'

/**
 * How to get a browser, as a line to type where that is known.
 *
 * @param {{ debian: boolean }} machine
 */
export function browserAdvice({ debian }) {
  const install = debian
    ? 'sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium'
    : 'install Chromium or Chrome'
  return `No Chromium for the tests of the pages. Type:\n  ${install}\nor name one: ${VARIABLE}=/path/to/chromium`
}

/**
 * How pages are looked at: no graphics card, so that pictures are made by the processor as on any machine; no telephone
 * home, for which Chromium looks for hosts at every start; and a page that asks for another machine gets an error.
 *
 * @type {readonly string[]}
 */
export const CHROMIUM_FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

/** @returns {string | undefined} the program to start, or undefined when there is none */
export function findChromium(environment = process.env) {
  const named = environment[VARIABLE]
  if (named) return named
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, ...APPLICATIONS].find(isProgram)
}

/**
 * Installs Debian's browser where that needs no question: as root on a Debian.
 *
 * @returns {string | undefined} what is found afterwards
 */
export function installChromium() {
  if (isDebian() && process.getuid?.() === 0) {
    runCommand('apt-get', ['update', '-q'])
    const quietly = ['-y', '-q', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0']
    runCommand('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', ...quietly, 'chromium'])
  }
  return findChromium()
}

/** Whether packages come by apt-get here. */
export function isDebian() {
  return existsSync('/etc/debian_version')
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    // A folder may be entered, which is the same bit.
    return statSync(file).isFile()
  } catch {
    return false
  }
}
