import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Leaves its place empty until what stands beside it has been drawn: what takes long keeps nothing else waiting. */
export function AfterDrawing({ children }: { readonly children: ComponentChildren }) {
  const [isDrawn, setDrawn] = useState(false)
  useEffect(() => {
    let timer = 0
    const frame = requestAnimationFrame(() => (timer = window.setTimeout(() => setDrawn(true))))
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [])
  return isDrawn ? <>{children}</> : null
}
