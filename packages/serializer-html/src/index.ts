export { html, type HtmlOptions } from './html.js'
