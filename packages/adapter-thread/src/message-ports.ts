import { types } from 'node:util'
import type { MessagePort } from 'node:worker_threads'

const isPrototypeOf = Function.prototype.call.bind(Reflect.get(Object.prototype, 'isPrototypeOf') as () => boolean) as (
  prototype: object,
  value: unknown,
) => boolean
const { isArray } = Array
const { getOwnPropertyDescriptor, getPrototypeOf } = Object
const { ownKeys } = Reflect

/** The ports among what is transferred, in order; undefined where looking would run code of the program. */
export function transferredPorts(list: unknown, prototype: object): MessagePort[] | undefined {
  if (list === undefined || list === null) return NONE
  if (!isArray(list)) {
    const transfer =
      typeof list === 'object' ? (getOwnPropertyDescriptor(list, 'transfer')?.value as unknown) : undefined
    return isArray(transfer) ? portsOf(transfer, prototype) : undefined
  }
  return portsOf(list, prototype)
}

function portsOf(list: readonly unknown[], prototype: object): MessagePort[] {
  const ports: MessagePort[] = []
  for (let i = 0; i < list.length; i++) {
    const item: unknown = getOwnPropertyDescriptor(list, i)?.value
    if (isPrototypeOf(prototype, item)) ports[ports.length] = item as MessagePort
  }
  return ports
}

/**
 * The ports that stand in a value, in the order of its properties: what is cloned has the same
 * properties in the same order, so that both sides find the same ones. Undefined where that is not sure.
 */
export function portsWithin(value: unknown, prototype: object): MessagePort[] | undefined {
  const found: MessagePort[] = []
  let left = MANY_VALUES
  const look = (item: unknown, depth: number): boolean => {
    if (typeof item !== 'object' || item === null || holdsNoPort(item)) return true
    if (types.isProxy(item)) return false
    if (isPrototypeOf(prototype, item)) {
      found[found.length] = item as MessagePort
      return true
    }
    // What of a class is cloned becomes a plain object, or is none of a program's.
    if (depth === 0 || !(isArray(item) || isPlain(item))) return false
    const keys = ownKeys(item)
    for (let i = 0; i < keys.length; i++) {
      const property = getOwnPropertyDescriptor(item, keys[i])
      if (property?.enumerable !== true || typeof keys[i] === 'symbol') continue
      if (--left < 0 || property.get !== undefined || !look(property.value, depth - 1)) return false
    }
    return true
  }
  return look(value, DEPTH) ? found : undefined
}

function holdsNoPort(value: object): boolean {
  return types.isAnyArrayBuffer(value) || types.isArrayBufferView(value) || types.isDate(value) || types.isRegExp(value)
}

function isPlain(value: object): boolean {
  const prototype = getPrototypeOf(value) as object | null
  return prototype === null || getPrototypeOf(prototype) === null
}

const NONE: MessagePort[] = []
const DEPTH = 4
const MANY_VALUES = 200
