import fc from 'fast-check'

/** A function of a generated program, and what it does, step by step. */
export interface Body {
  readonly steps: readonly Step[]
  /** Whether it throws when it is done. */
  readonly throws: boolean
}

export type Step =
  /** Calls an async function and waits for it; `catches` says whether it goes on when that one throws. */
  | { readonly kind: 'await'; readonly body: Body; readonly catches: boolean }
  /** Calls an async function and does not wait. */
  | { readonly kind: 'leave'; readonly body: Body }
  | { readonly kind: 'all' | 'race' | 'any' | 'allSettled'; readonly bodies: readonly Body[] }
  | { readonly kind: 'call' | 'emit'; readonly body: Body }
  | { readonly kind: Scheduler; readonly body: Body }
  /** Waits for what a callback does. */
  | { readonly kind: 'promised'; readonly scheduler: Scheduler; readonly body: Body }
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'read' | 'promisified' | 'nothing' }
  /** Goes through a generator that gives one value, for which `each` is done once. */
  | Iterated
  /** Goes through what Node.js makes, of which one piece comes, for which `each` is done once. */
  | { readonly kind: Source; readonly each: Body; readonly isLeft: boolean }
  /** Waits for an event, for an error, or for the second turn of an interval: of a timer that does something before. */
  | { readonly kind: 'heard' | 'refused' | 'repeated'; readonly body: Body }
  /** Waits for a pipeline of streams, whose transform and end do something with the only piece. */
  | { readonly kind: 'piped'; readonly change: Body; readonly write: Body }
  /** Waits for something that a timer of its own cancels, and listens to that. */
  | { readonly kind: 'cancelled'; readonly aborter: Body; readonly listener: Body }
  /** Listens to a signal that cancels by itself after a time. */
  | { readonly kind: 'expired'; readonly listener: Body }

export interface Iterated {
  readonly kind: 'iterated' | 'iteratedAtOnce'
  readonly body: Body
  /** After so many steps of the body it gives its value. */
  readonly givesAfter: number
  readonly each: Body
  /** Whether the loop is left with that value: what stands behind it in the generator never runs. */
  readonly isLeft: boolean
  /** What the generator does in its end, however it ends; undefined for one without `finally`. */
  readonly closing: Body | undefined
  /** Whether another generator stands between the loop and this one, with `yield*`. */
  readonly isDelegated: boolean
}

export type Scheduler = Settled | 'timer' | 'immediate' | 'tick' | 'microtask' | 'file'

/** A stream, events of an emitter, an interval. */
export type Source = 'streamed' | 'listened' | 'every'

/** A method of a promise that all programs share. */
type Settled = 'then' | 'catch' | 'finally'

const SCHEDULERS: readonly Scheduler[] = [
  'timer',
  'immediate',
  'tick',
  'microtask',
  'file',
  'then',
  'then',
  'catch',
  'finally',
]

/** Steps of an async function, and those of a plain one, which cannot wait. */
const { asyncBody } = fc.letrec<{ asyncBody: Body; plainBody: Body; asyncStep: Step; plainStep: Step }>((tie) => ({
  asyncBody: fc.record({
    steps: fc.array(tie('asyncStep'), { minLength: 1, maxLength: 4, size: 'max' }),
    throws: fc.boolean(),
  }),
  plainBody: fc.record({
    steps: fc.array(tie('plainStep'), { maxLength: 2, size: 'max' }),
    throws: fc.constant(false),
  }),
  asyncStep: fc.oneof(
    { depthIdentifier: 'program', depthSize: 'max', maxDepth: 6 },
    fc.record({ kind: fc.constant('sleep' as const), ms: fc.nat(3) }),
    fc.record({ kind: fc.constantFrom('read' as const, 'promisified' as const) }),
    fc.record({ kind: fc.constant('await' as const), body: tie('asyncBody'), catches: fc.boolean() }),
    fc.record({ kind: fc.constant('await' as const), body: tie('asyncBody'), catches: fc.boolean() }),
    fc.record({ kind: fc.constant('leave' as const), body: tie('asyncBody') }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'race' as const, 'any' as const, 'allSettled' as const),
      bodies: fc.array(tie('asyncBody'), { minLength: 1, maxLength: 3, size: 'max' }),
    }),
    fc.record({
      kind: fc.constant('promised' as const),
      scheduler: fc.constantFrom(...SCHEDULERS),
      body: tie('plainBody'),
    }),
    fc.record({
      kind: fc.constant('iterated' as const),
      body: tie('asyncBody'),
      givesAfter: fc.nat(3),
      each: tie('plainBody'),
      isLeft: fc.boolean(),
      closing: fc.option(tie('plainBody'), { nil: undefined }),
      isDelegated: fc.boolean(),
    }),
    fc.record({
      kind: fc.constantFrom('streamed' as const, 'listened' as const, 'every' as const),
      each: tie('plainBody'),
      isLeft: fc.boolean(),
    }),
    fc.record({
      kind: fc.constantFrom('heard' as const, 'refused' as const, 'repeated' as const),
      body: tie('plainBody'),
    }),
    fc.record({ kind: fc.constant('piped' as const), change: tie('plainBody'), write: tie('plainBody') }),
    fc.record({ kind: fc.constant('cancelled' as const), aborter: tie('plainBody'), listener: tie('plainBody') }),
    fc.record({ kind: fc.constant('expired' as const), listener: tie('plainBody') }),
    tie('plainStep'),
  ),
  plainStep: fc.oneof(
    { depthIdentifier: 'program', depthSize: 'max', maxDepth: 6 },
    fc.record({ kind: fc.constant('nothing' as const) }),
    fc.record({ kind: fc.constantFrom(...SCHEDULERS), body: tie('plainBody') }),
    fc.record({
      kind: fc.constant('iteratedAtOnce' as const),
      body: tie('plainBody'),
      givesAfter: fc.nat(2),
      each: tie('plainBody'),
      isLeft: fc.boolean(),
      closing: fc.option(tie('plainBody'), { nil: undefined }),
      isDelegated: fc.boolean(),
    }),
    fc.record({ kind: fc.constantFrom('call' as const, 'emit' as const), body: tie('plainBody') }),
    fc.record({ kind: fc.constant('leave' as const), body: tie('asyncBody') }),
  ),
}))

/** A program: one async function, with all that it sets going. */
export const programBody: fc.Arbitrary<Body> = asyncBody
