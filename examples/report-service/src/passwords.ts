import { scryptSync } from 'node:crypto'

const COST = 2 ** 16
const BLOCK_SIZE = 8

/** Hashes a password, slowly on purpose; and as it is not told to do so elsewhere, while everybody waits. */
export function hashPassword(password: string, salt: string): string {
  const maxmem = 256 * COST * BLOCK_SIZE
  return scryptSync(password, salt, 32, { N: COST, r: BLOCK_SIZE, maxmem }).toString('base64url')
}
