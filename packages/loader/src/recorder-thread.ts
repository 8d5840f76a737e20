/** What the recorder runs; a bundle of its own. */
import '@tracer/recorder/recorder-thread'
