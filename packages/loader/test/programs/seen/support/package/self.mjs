import * as self from 'seen-package'
import * as x from '#x'
import * as lib from '#lib/main'
import * as feature from 'seen-package/features/custom.js'
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
export const values = () => [self, x, lib, feature, require('seen-package'), require('#x')].map((m) => Object.entries(m).map(([name, f]) => [name, f()]))
export const missing = async () => [await import('seen-package/none').catch((e) => e.code), await import('#none').catch((e) => [e.code, e.message])]
