import type { Process, Site } from '@tracer/core'
import type { Cursor } from './cursor.js'
import { TRACER_PACKET } from './fields.js'
import { readProcess, readSites, readSource, readTracks, readUnrecorded } from './own-header.js'
import type { OwnTrack, OwnUnrecorded } from './own-header.js'

/** Takes the rows of our own tables, in the order of the file. */
export interface OwnTables {
  addProcess(process: Process): void
  addSite(site: Site): void
  addTrack(track: OwnTrack): void
  addUnrecorded(row: OwnUnrecorded): void
  addSource(file: string, text: string): void
}

/** Reads a field of a packet that holds rows of a table; false when it holds none. */
export function readRows(field: number, cursor: Cursor, tables: OwnTables): boolean {
  switch (field) {
    case TRACER_PACKET.process:
      tables.addProcess(readProcess(cursor.message()))
      return true
    case TRACER_PACKET.sites:
      for (const site of readSites(cursor.message())) tables.addSite(site)
      return true
    case TRACER_PACKET.tracks:
      for (const track of readTracks(cursor.message())) tables.addTrack(track)
      return true
    case TRACER_PACKET.unrecorded:
      for (const row of readUnrecorded(cursor.message())) tables.addUnrecorded(row)
      return true
    case TRACER_PACKET.source: {
      const { file, text } = readSource(cursor.message())
      tables.addSource(file, text)
      return true
    }
  }
  return false
}
