/** What a process has to find in its environment to be recorded. */
export interface RecordingVariables {
  /** The option of `NODE_OPTIONS` that preloads the recording, as it stands there. */
  readonly preloadOption: string
  /** All others, with their values. */
  readonly variables: Readonly<Record<string, string>>
}

/** How the start of a process is known to it and to the one that started it. */
export interface SpawnMark {
  /** Unique in the session. */
  readonly key: string
  /** Whether the process, or one that started it, is to outlive its parents. */
  readonly isDetached: boolean
}

/** What a process was told of its own start, and what was put into its environment that its parent did not. */
export interface OwnSpawn extends SpawnMark {
  readonly added: Added
}

/** By `nothing`, the option was put in front of others, or `NODE_OPTIONS` was not there at all. */
interface Added {
  readonly option: 'nothing' | 'in-front' | 'alone'
  /** Names of variables that were not there. */
  readonly variables: readonly string[]
}

/** Environment variable: {@link SpawnMark} and {@link Added} of a process. Its preload takes it out. */
const SPAWN_VARIABLE = 'TRACER_SPAWN'
const OPTIONS = 'NODE_OPTIONS='

/**
 * The environment of a process that is about to start, `NAME=value` each, with the mark; and with what recording
 * needs where that is missing and `isWanted` says so.
 */
export function markedEnvironment(
  pairs: readonly string[],
  mark: SpawnMark,
  { preloadOption, variables }: RecordingVariables,
  isWanted: () => boolean,
): string[] {
  const missing = Object.keys(variables).filter((name) => !pairs.some((pair) => pair.startsWith(`${name}=`)))
  const own = pairs.find((pair) => pair.startsWith(OPTIONS))
  const lacksOption = own?.includes(preloadOption) !== true
  const isComplete = missing.length === 0 && !lacksOption
  if (!isComplete && !isWanted()) return [...pairs]
  const added: Added = {
    option: !lacksOption ? 'nothing' : own === undefined ? 'alone' : 'in-front',
    variables: missing,
  }
  return [
    ...pairs.filter((pair) => !pair.startsWith(`${SPAWN_VARIABLE}=`) && (pair !== own || !lacksOption)),
    ...missing.map((name) => `${name}=${variables[name]}`),
    ...(lacksOption ? [`${OPTIONS}${preloadOption}${own === undefined ? '' : ` ${own.slice(OPTIONS.length)}`}`] : []),
    markPair(mark, added),
  ]
}

function markPair({ key, isDetached }: SpawnMark, { option, variables }: Added): string {
  return `${SPAWN_VARIABLE}=${[key, isDetached ? 'detached' : '', option, ...variables].join(',')}`
}

/** Takes the mark out of a process's own environment; undefined when nobody that is recorded has started it. */
export function takeMark(environment: NodeJS.ProcessEnv): OwnSpawn | undefined {
  const text = environment[SPAWN_VARIABLE]
  if (text === undefined) return undefined
  Reflect.deleteProperty(environment, SPAWN_VARIABLE)
  const [key, detached, option, ...variables] = text.split(',')
  return {
    key,
    isDetached: detached === 'detached',
    added: {
      option: option === 'in-front' || option === 'alone' ? option : 'nothing',
      variables,
    },
  }
}

/** Makes a process's own environment the one that was asked for, once the recording needs it no more. */
export function takeAdditions(
  environment: NodeJS.ProcessEnv,
  { added }: OwnSpawn,
  { preloadOption }: RecordingVariables,
): void {
  for (const name of added.variables) Reflect.deleteProperty(environment, name)
  if (added.option === 'alone') Reflect.deleteProperty(environment, 'NODE_OPTIONS')
  if (added.option !== 'in-front') return
  const options = environment['NODE_OPTIONS'] ?? ''
  const start = `${preloadOption} `
  if (options.startsWith(start)) environment['NODE_OPTIONS'] = options.slice(start.length)
}
