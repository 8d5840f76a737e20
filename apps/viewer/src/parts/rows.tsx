import { type ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

export const ROW_PX = 24
/** Browsers lay out nothing taller than some 16 to 33 million pixels. */
const MOST_PX = 8_000_000
const SPARE_ROWS = 4

interface RowsProps {
  readonly count: number
  /** The row to bring into sight when it changes; -1 for none. */
  readonly inSight: number
  readonly render: (index: number) => ComponentChildren
}

/** Rows of which only those in sight exist, however many there are. Its first ancestor that scrolls is itself. */
export function Rows({ count, inSight, render }: RowsProps) {
  const box = useRef<HTMLDivElement>(null)
  const [{ top, height }, look] = useState({ top: 0, height: 400 })
  const fullPx = count * ROW_PX
  const laidOutPx = Math.min(fullPx, MOST_PX)
  // With more rows than pixels a pixel of scrolling stands for more than one of rows.
  const scale = fullPx <= MOST_PX ? 1 : (fullPx - height) / (laidOutPx - height)
  const offset = top * scale
  const first = Math.max(0, Math.floor(offset / ROW_PX) - SPARE_ROWS)
  const end = Math.min(count, Math.ceil((offset + height) / ROW_PX) + SPARE_ROWS)

  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const measure = (): void => look({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [])

  useLayoutEffect(() => {
    const element = box.current
    if (element === null || inSight < 0) return
    const from = inSight * ROW_PX
    const seen = element.scrollTop * scale
    if (from < seen) {
      element.scrollTop = from / scale
    } else if (from + ROW_PX > seen + element.clientHeight) {
      element.scrollTop = (from + ROW_PX - element.clientHeight) / scale
    }
  }, [inSight, count])

  const rows = []
  for (let index = first; index < end; index++) {
    rows.push(
      <div key={index} class="row-place" style={{ transform: `translateY(${index * ROW_PX - offset}px)` }}>
        {render(index)}
      </div>,
    )
  }
  return (
    <div class="rows" ref={box} role="presentation">
      <div class="rows-all" role="presentation" style={{ height: `${laidOutPx}px` }}>
        <div class="rows-seen" role="presentation">
          {rows}
        </div>
      </div>
    </div>
  )
}
