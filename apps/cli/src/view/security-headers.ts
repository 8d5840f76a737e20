import type { OutgoingHttpHeaders } from 'node:http'

/** What the pages may do: run and show what this server has, and ask nobody else. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** On every answer. There is no header of CORS among them: no other page may read anything. */
export const SECURITY_HEADERS: OutgoingHttpHeaders = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Whatever opened the page has no hold of it; the page may talk to a tab that it opens, Perfetto's.
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  // Traces hold paths and arguments: no browser needs a copy on its disk.
  'cache-control': 'no-store',
}
