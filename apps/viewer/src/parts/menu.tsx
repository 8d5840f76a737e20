import { useEffect, useRef, useState } from 'preact/hooks'

export interface MenuItem {
  readonly title: string
  readonly hint?: string
  readonly isDisabled?: boolean
  readonly act: () => void
}

interface MenuProps {
  readonly label: string
  readonly items: readonly MenuItem[]
}

/** A button that opens a list of things to do; arrow keys walk, Escape closes. */
export function Menu({ label, items }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isOpen) return
    buttonsOf(box.current).at(0)?.focus()
    const onOutside = (event: Event): void => {
      if (event.target instanceof Node && box.current?.contains(event.target) !== true) setOpen(false)
    }
    document.addEventListener('pointerdown', onOutside)
    return () => document.removeEventListener('pointerdown', onOutside)
  }, [isOpen])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOpen) return
    const buttons = buttonsOf(box.current)
    const at = buttons.findIndex((item) => item === document.activeElement)
    if (event.key === 'ArrowDown') {
      buttons[(at + 1) % buttons.length]?.focus()
    } else if (event.key === 'ArrowUp') {
      buttons[(at - 1 + buttons.length) % buttons.length]?.focus()
    } else if (event.key === 'Escape') {
      setOpen(false)
      button.current?.focus()
    } else if (event.key === 'Tab') {
      return setOpen(false)
    } else {
      return event.stopPropagation()
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="menu" ref={box} onKeyDown={onKeyDown}>
      <button type="button" ref={button} aria-haspopup="menu" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {label} <span aria-hidden="true">▾</span>
      </button>
      {isOpen && (
        <div class="menu-list" role="menu" aria-label={label}>
          {items.map(({ title, hint, isDisabled, act }) => (
            <button
              key={title}
              type="button"
              role="menuitem"
              disabled={isDisabled}
              onClick={() => {
                setOpen(false)
                button.current?.focus()
                act()
              }}
            >
              {title}
              {hint !== undefined && <small>{hint}</small>}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

function buttonsOf(box: HTMLElement | null): HTMLButtonElement[] {
  return [...(box?.querySelectorAll<HTMLButtonElement>('[role=menuitem]:not(:disabled)') ?? [])]
}
