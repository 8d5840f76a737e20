import { useEffect } from 'preact/hooks'
import { notice } from '../state/state.js'

const SHOWN_MS = 5000

/** The last thing that happened, for a while. */
export function Notice() {
  const text = notice.value
  useEffect(() => {
    const timer = setTimeout(() => (notice.value = ''), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p class="notice" role="status">
      {text}
    </p>
  )
}
