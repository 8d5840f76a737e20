import { spawn } from 'node:child_process'

/** What starts the browser that the person has chosen as theirs. */
export interface BrowserCommand {
  readonly command: string
  readonly args: readonly string[]
}

/** A starter that has not failed by now has found a browser, which may be what it waits for. */
const SURE_AFTER_MS = 5000

/** How to open an address; undefined where there is no screen to open it on. */
export function browserCommand(
  address: string,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): BrowserCommand | undefined {
  if (platform === 'darwin') return { command: 'open', args: [address] }
  // Not `start`, which is part of a shell that would take the `&` of an address for its own.
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', address] }
  if (isSet(env['WSL_DISTRO_NAME'])) return { command: 'wslview', args: [address] }
  // Without a screen xdg-open starts browsers that want the terminal.
  return ['DISPLAY', 'WAYLAND_DISPLAY', 'BROWSER'].some((name) => isSet(env[name]))
    ? { command: 'xdg-open', args: [address] }
    : undefined
}

/** Opens the address; whether that seems to have worked. The browser outlives this process. */
export function openBrowser({ command, args }: BrowserCommand, env: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve) => {
    const starter = spawn(command, args, { detached: true, stdio: 'ignore', env })
    const timer = setTimeout(resolve, SURE_AFTER_MS, true)
    timer.unref()
    starter.unref()
    starter.once('error', () => {
      resolve(false)
    })
    starter.once('exit', (code) => {
      resolve(code === 0)
    })
  })
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
