import type { SiteId } from '@tracer/core'
import type { EventLog, Probes } from '@tracer/recorder'

/** How a loader puts functions in the place of others, so that a program cannot tell. */
export interface Seams {
  /** Replaces a method and leaves everything else that can be seen of it as it was. */
  replaceMethod<Owner extends object, Name extends keyof Owner>(
    owner: Owner,
    name: Name,
    replacement: Owner[Name],
  ): void
  /** Makes one function pass for another: its name, its length, its text. */
  disguise(replacement: object, original: { readonly name: string; readonly length: number }): void
  /** `Reflect.apply` as it was before the program's first line. */
  readonly call: typeof Reflect.apply
  /** Does work while what the program has put in place of built-ins is put away. */
  undisturbed<Result>(work: () => Result): Result
}

/** Records what the thread does in built-ins, as slices and events. */
export interface BuiltInProbes {
  readonly events: EventLog
  readonly enter: Probes['enter']
  readonly exit: Probes['exit']
  /** Sites of functions in a built-in module such as `node:worker_threads`, by name; to be asked for when one is first called. */
  sitesOf<Name extends string>(file: string, names: readonly Name[]): Readonly<Record<Name, SiteId>>
}
