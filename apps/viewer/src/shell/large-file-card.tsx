import { bytes } from '@tracer/text-format'
import { useState } from 'preact/hooks'
import { shown } from '../parts/text.js'
import type { PartOffer } from '../state/model.js'

/** Says that a file is large, and lets a person choose which part of it is read. */
export function LargeFileCard({ offer, onCancel }: { readonly offer: PartOffer; readonly onCancel: () => void }) {
  const { isSeekable } = offer
  const share = Math.max(1, Math.floor((offer.partBytes / offer.bytes) * 100))
  const [from, setFrom] = useState(0)
  const [to, setTo] = useState(share)
  const byteAt = (percent: number): number => Math.round((offer.bytes * percent) / 100)
  const part = { from: byteAt(from), to: byteAt(to) }
  return (
    <>
      <p role="alert">
        <strong>Large file.</strong> <bdi>{shown(offer.reason, 1000)}</bdi>
      </p>
      <div class="choices">
        {isSeekable && <Percent label="From" value={from} onChange={setFrom} />}
        <Percent label={isSeekable ? 'to' : 'From the beginning to'} value={to} onChange={setTo} />
      </div>
      <div class="choices">
        <button type="button" disabled={part.to <= part.from} onClick={() => offer.openPart(part)}>
          Read {bytes(Math.max(0, part.to - part.from))}
        </button>
        <button type="button" onClick={offer.openWhole}>
          Read all of it
        </button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
      <p class="dim">
        {!isSeekable && 'A file of this kind cannot be read from its middle. '}
        Or make a smaller file first: <code>{shown(offer.command)}</code>
      </p>
    </>
  )
}

interface PercentProps {
  readonly label: string
  readonly value: number
  readonly onChange: (percent: number) => void
}

function Percent({ label, value, onChange }: PercentProps) {
  const take = (text: string): void => {
    const percent = Number(text)
    if (Number.isFinite(percent)) onChange(Math.min(100, Math.max(0, percent)))
  }
  return (
    <label>
      {label}{' '}
      <input
        type="number"
        min={0}
        max={100}
        step="any"
        value={value}
        aria-label={`${label}, percent of the file`}
        onChange={(event) => take(event.currentTarget.value)}
      />{' '}
      %
    </label>
  )
}
