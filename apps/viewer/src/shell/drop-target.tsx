import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { openFiles } from '../state/places.js'

/** The page as a place to drop files on. */
export function DropTarget({ children }: { readonly children: ComponentChildren }) {
  const [isOver, setOver] = useState(false)
  const isFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
  return (
    <div
      class="page"
      onDragOver={(event) => {
        if (!isFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => event.relatedTarget === null && setOver(false)}
      onDrop={(event) => {
        if (!isFiles(event)) return
        event.preventDefault()
        setOver(false)
        openFiles(event.dataTransfer?.files ?? [])
      }}
    >
      {children}
      {isOver && <p class="drop-here">Drop to open</p>}
    </div>
  )
}
