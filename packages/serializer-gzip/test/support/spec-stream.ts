import { constants, gunzipSync } from 'node:zlib'

/**
 * `DecompressionStream` as its standard describes it: a write is answered when what comes of it has come out.
 * That of Node.js answers before, now and then.
 */
export class SpecDecompressionStream extends TransformStream<Uint8Array, Uint8Array> {
  constructor() {
    let packed = Buffer.alloc(0)
    let given = 0
    super({
      transform: (piece, controller) => {
        packed = Buffer.concat([packed, piece])
        const unpacked = gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH })
        if (unpacked.length > given) controller.enqueue(new Uint8Array(unpacked.subarray(given)))
        given = unpacked.length
      },
      flush: () => void gunzipSync(packed),
    })
  }
}
