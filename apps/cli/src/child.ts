import { spawn } from 'node:child_process'
import { CliError, systemCode } from './cli-error.js'
import type { Outcome } from './io.js'
import type { Target } from './target.js'

/** Signals a terminal sends to every process in the foreground, so that the program has them already. */
const TERMINAL_SIGNALS = ['SIGINT', 'SIGQUIT'] as const
/** Signals that reach tracer alone. */
const FORWARDED_SIGNALS = ['SIGTERM', 'SIGHUP'] as const

/** So many interrupts within so short a time say that the program is to end whatever it does. */
const INTERRUPTS_TO_KILL = 3
const INTERRUPT_WINDOW_MS = 2000

/**
 * Runs the target with this process's stdin, stdout and stderr until it ends. Meanwhile signals
 * are the program's: tracer outlives it, to save what was recorded.
 * @throws CliError with code `TARGET_NOT_STARTED`.
 */
export async function runChild(target: Target, cwd: string, env: NodeJS.ProcessEnv, session: string): Promise<Outcome> {
  const child = spawn(target.command, target.args, { cwd, env, stdio: 'inherit' })
  const interruptsMs: number[] = []
  const interrupt = (signal: NodeJS.Signals): void => {
    const nowMs = performance.now()
    interruptsMs.push(nowMs)
    const recent = interruptsMs.filter((timeMs) => nowMs - timeMs <= INTERRUPT_WINDOW_MS)
    if (recent.length >= INTERRUPTS_TO_KILL) child.kill('SIGKILL')
    else if (!isOnTerminal()) child.kill(signal)
  }
  const forward = (signal: NodeJS.Signals): void => {
    child.kill(signal)
  }
  for (const signal of TERMINAL_SIGNALS) process.on(signal, interrupt)
  for (const signal of FORWARDED_SIGNALS) process.on(signal, forward)
  try {
    const outcome = await new Promise<Outcome>((resolve, reject) => {
      child.once('error', (error) => {
        reject(notStarted(target, error))
      })
      child.once('exit', (exitCode, signal) => {
        resolve(signal === null ? { exitCode: exitCode ?? 0 } : { signal })
      })
    })
    const { noteChild } = await import('@tracer/spool')
    if (child.pid !== undefined) noteChild(session, { key: '', pid: child.pid, ...outcome })
    return await asMeant(outcome, child.pid, session)
  } finally {
    for (const signal of TERMINAL_SIGNALS) process.off(signal, interrupt)
    for (const signal of FORWARDED_SIGNALS) process.off(signal, forward)
  }
}

/** Ends this process the way the program ended, so that a shell or a supervisor sees no difference. */
export function endLike(outcome: Outcome): void {
  if ('exitCode' in outcome) {
    process.exitCode = outcome.exitCode
    return
  }
  process.kill(process.pid, outcome.signal)
}

/** A program that cannot come to a signal is ended by SIGKILL in its place; bare it would have died of that signal. */
async function asMeant(outcome: Outcome, pid: number | undefined, session: string): Promise<Outcome> {
  if (!('signal' in outcome) || outcome.signal !== 'SIGKILL' || pid === undefined) return outcome
  const { readEndSignal } = await import('@tracer/spool')
  return { signal: readEndSignal(session, pid) ?? outcome.signal }
}

// Where no stream is a terminal, an interrupt was meant for tracer alone: by `kill`, or a supervisor.
function isOnTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY)
}

function notStarted(target: Target, error: Error): CliError {
  const nextStep =
    systemCode(error) === 'EACCES'
      ? 'Make it executable, or start it by its interpreter.'
      : systemCode(error) === 'ENOENT'
        ? 'It may name an interpreter in its first line that is not installed, or the folder it starts in is gone.'
        : 'Start it without tracer to see whether it runs.'
  return new CliError('TARGET_NOT_STARTED', `'${target.command}' could not be started: ${error.message}`, nextStep, {
    cause: error,
  })
}
