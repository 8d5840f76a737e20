import type { Cursor } from './cursor.js'
import { LEGACY_EVENT } from './fields.js'

/** What old producers say of an event: that of the Trace Event format. */
export interface LegacyEvent {
  /** Character code of the phase; 0 when there is none. */
  phase: number
  nameIid: number
  durationUs: number
  /** What tells async events and arrows apart; undefined when there is none. */
  id: string | undefined
  /** Whether the id is that of one process. */
  isLocal: boolean
  idScope: string
  bindsToEnclosing: boolean
  pid: number | undefined
  tid: number | undefined
}

export function readLegacyEvent(cursor: Cursor): LegacyEvent {
  const event: LegacyEvent = {
    phase: 0,
    nameIid: 0,
    durationUs: 0,
    id: undefined,
    isLocal: false,
    idScope: '',
    bindsToEnclosing: false,
    pid: undefined,
    tid: undefined,
  }
  while (cursor.next()) {
    switch (cursor.field) {
      case LEGACY_EVENT.phase:
        event.phase = cursor.value
        break
      case LEGACY_EVENT.nameIid:
        event.nameIid = cursor.value
        break
      case LEGACY_EVENT.durationUs:
        event.durationUs = cursor.signed()
        break
      case LEGACY_EVENT.unscopedId:
      case LEGACY_EVENT.globalId:
      case LEGACY_EVENT.localId:
        event.id = `${cursor.high}:${cursor.low}`
        event.isLocal = cursor.field === LEGACY_EVENT.localId
        break
      case LEGACY_EVENT.idScope:
        event.idScope = cursor.text()
        break
      case LEGACY_EVENT.bindToEnclosing:
        event.bindsToEnclosing = cursor.value !== 0
        break
      case LEGACY_EVENT.pidOverride:
        event.pid = cursor.signed()
        break
      case LEGACY_EVENT.tidOverride:
        event.tid = cursor.signed()
        break
    }
  }
  return event
}
