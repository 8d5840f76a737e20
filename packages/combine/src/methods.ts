/** How inputs are put on one time axis; `auto` takes the best of what they have in common. */
export type AlignMethod = 'auto' | 'marker' | 'clock' | 'start'

/** All of them, the default first. */
export const ALIGN_METHODS: readonly AlignMethod[] = ['auto', 'marker', 'clock', 'start']
