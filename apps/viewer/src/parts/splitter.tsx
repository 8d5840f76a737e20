import type { Signal } from '@preact/signals'

interface SplitterProps {
  readonly label: string
  /** Share of the panel behind the splitter, from 0 to 1. */
  readonly share: Signal<number>
  readonly isVertical: boolean
}

const STEP = 0.03
const LEAST = 0.1
const MOST = 0.9

/** The line between two areas: dragged, or moved with the arrow keys. */
export function Splitter({ label, share, isVertical }: SplitterProps) {
  const set = (value: number): void => {
    share.value = Math.max(LEAST, Math.min(MOST, value))
  }
  const onPointerMove = (event: PointerEvent): void => {
    const line = event.currentTarget
    if (!(line instanceof HTMLElement) || !line.hasPointerCapture(event.pointerId)) return
    const area = line.parentElement?.getBoundingClientRect()
    if (area === undefined) return
    set(isVertical ? 1 - (event.clientX - area.left) / area.width : 1 - (event.clientY - area.top) / area.height)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const grows = isVertical ? 'ArrowLeft' : 'ArrowUp'
    const shrinks = isVertical ? 'ArrowRight' : 'ArrowDown'
    if (event.key === grows) set(share.value + STEP)
    else if (event.key === shrinks) set(share.value - STEP)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      class="splitter"
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={isVertical ? 'vertical' : 'horizontal'}
      aria-valuemin={LEAST * 100}
      aria-valuemax={MOST * 100}
      aria-valuenow={Math.round(share.value * 100)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  )
}
