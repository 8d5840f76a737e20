/** The clocks a person can ask for; `auto` is the native one where there is one. */
export const CLOCK_NAMES = ['auto', 'native', 'portable', 'tick'] as const

/** A clock, as a person asks for it. */
export type ClockName = (typeof CLOCK_NAMES)[number]
