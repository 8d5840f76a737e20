import { early } from './tla-c.mjs'
early(); await 0; early(); export const d = await import('./log.mjs')
