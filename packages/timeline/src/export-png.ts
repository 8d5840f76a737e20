import { rowsBetween } from './layout.js'
import type { TimelineModel } from './model.js'
import { FONT } from './overlay.js'
import { OVERVIEW_HEIGHT, type Stage } from './stage.js'
import type { Theme } from './theme.js'

/** What is seen now as a PNG, as fine as the screen: overview, names and rows. */
export function viewPng(stage: Stage, model: TimelineModel, theme: Theme): Promise<Blob> {
  const ratio = window.devicePixelRatio
  const headers = stage.headers.offsetWidth
  const picture = document.createElement('canvas')
  picture.width = Math.round((headers + model.width) * ratio)
  picture.height = Math.round((OVERVIEW_HEIGHT + model.height) * ratio)
  const canvas = picture.getContext('2d', { alpha: false })
  if (canvas === null) return Promise.reject(new Error('No canvas to draw the picture on'))
  canvas.scale(ratio, ratio)
  canvas.fillStyle = theme.panel
  canvas.fillRect(0, 0, headers, OVERVIEW_HEIGHT + model.height)
  canvas.font = FONT
  canvas.textBaseline = 'middle'
  const { layout, scrollTop } = model
  const { from, to } = rowsBetween(layout.rows, scrollTop, scrollTop + model.height - layout.pinnedHeight)
  const name = (text: string, indent: number, y: number): void => {
    canvas.fillStyle = theme.text
    canvas.fillText(text.slice(0, 80), 12 + indent * 12, OVERVIEW_HEIGHT + y + 13)
  }
  for (const row of layout.rows.slice(from, to)) {
    name(row.node.name, row.indent, row.top + layout.pinnedHeight - scrollTop)
  }
  if (layout.pinned.length > 0) {
    canvas.fillStyle = theme.panel
    canvas.fillRect(0, OVERVIEW_HEIGHT, headers, layout.pinnedHeight)
    for (const row of layout.pinned) name(row.node.name, row.indent, row.top)
  }
  canvas.fillStyle = theme.panel
  canvas.fillRect(0, 0, headers, OVERVIEW_HEIGHT)
  canvas.drawImage(stage.overview, headers, 0, model.width, OVERVIEW_HEIGHT)
  canvas.drawImage(stage.canvas, headers, OVERVIEW_HEIGHT, model.width, model.height)
  return new Promise((resolve, reject) => {
    picture.toBlob((blob) => {
      if (blob === null) reject(new Error(`A picture of ${picture.width} by ${picture.height} pixels is too large`))
      else resolve(blob)
    }, 'image/png')
  })
}
