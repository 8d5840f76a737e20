interface BarProps {
  /** From 0 to 1. */
  readonly share: number
  readonly isFaint?: boolean
}

/** A share as a length; the number stands beside it. */
export function Bar({ share, isFaint = false }: BarProps) {
  return (
    <span class={isFaint ? 'bar faint' : 'bar'} aria-hidden="true">
      <span style={{ transform: `scaleX(${Math.max(0, Math.min(1, share))})` }} />
    </span>
  )
}
