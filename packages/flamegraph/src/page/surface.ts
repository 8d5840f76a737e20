import { element } from './element.js'

/**
 * The element that is scrolled and has the keyboard's focus, with a canvas that always fills what is seen of it.
 */
export class Surface {
  readonly element = element('div', {
    class: 'view',
    role: 'tree',
    tabindex: '0',
    'aria-label': 'Flamegraph',
    'aria-keyshortcuts': 'ArrowUp ArrowDown ArrowLeft ArrowRight Enter Escape Home',
  })
  readonly #canvas = element('canvas', { 'aria-hidden': 'true' })
  readonly #space = element('div')
  readonly #observer: ResizeObserver
  readonly #onChange: () => void
  pixelRatio = 1
  width = 0
  height = 0

  /** `onChange` is called when what is seen has another size, or is scrolled. */
  constructor(onChange: () => void) {
    this.#onChange = onChange
    this.element.append(this.#canvas, this.#space)
    this.element.addEventListener('scroll', onChange, { passive: true })
    this.#observer = new ResizeObserver(onChange)
    this.#observer.observe(this.element)
  }

  get scrollTop(): number {
    return this.element.scrollTop
  }

  scrollTo(top: number): void {
    this.element.scrollTop = top
    this.#onChange()
  }

  /** What to draw on, as large as what is seen; undefined while that is nothing. */
  context(): CanvasRenderingContext2D | undefined {
    const { clientWidth, clientHeight } = this.element
    if (clientWidth === 0 || clientHeight === 0) return undefined
    // It changes when a window is zoomed or moves to another screen.
    this.pixelRatio = devicePixelRatio
    this.width = clientWidth
    this.height = clientHeight
    const canvas = this.#canvas
    const [width, height] = [Math.round(clientWidth * devicePixelRatio), Math.round(clientHeight * devicePixelRatio)]
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width
      canvas.height = height
      canvas.style.height = `${clientHeight}px`
    }
    return canvas.getContext('2d', { alpha: false }) ?? undefined
  }

  /** Makes room for scrolling: `height` pixels in all, the canvas among them. */
  makeRoom(height: number): void {
    const rest = `${Math.max(0, height - this.height)}px`
    if (this.#space.style.height !== rest) this.#space.style.height = rest
  }

  /** What is seen, as it was drawn last. */
  png(): Promise<Blob> {
    return new Promise((resolve, reject) => {
      this.#canvas.toBlob((blob) => {
        if (blob === null) reject(new Error('There is nothing to make a picture of'))
        else resolve(blob)
      }, 'image/png')
    })
  }

  destroy(): void {
    this.#observer.disconnect()
  }
}
