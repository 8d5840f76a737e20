/** A length of time, or a moment on an axis of its own, in nanoseconds. Whole numbers up to 2^53 are exact: 104 days. */
export type Nanoseconds = number

/** A moment of wall-clock time: milliseconds since 1970-01-01 UTC, with a fraction. */
export type EpochMilliseconds = number

/** A raw clock reading. Only the {@link Clock} that gave it knows its unit; it is converted when a trace is read. */
export type Ticks = number

/** Position in `Trace.sites`, from 0. */
export type SiteIndex = number

/** Position in `Trace.processes`, from 0. */
export type ProcessIndex = number

/** Position in `Trace.threads`, from 0. */
export type ThreadIndex = number

/** Position in a {@link SliceTable}, from 0. */
export type SliceIndex = number

/** Position in `Trace.tracks`, from 0. */
export type TrackIndex = number
