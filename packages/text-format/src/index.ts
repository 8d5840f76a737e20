export { Markup, markupTag, type MarkupOptions, type MarkupTag, type MarkupValue } from './markup.js'
export { bytes, count, counted, duration, percent } from './numbers.js'
export { Places, type SourcePlace } from './places.js'
