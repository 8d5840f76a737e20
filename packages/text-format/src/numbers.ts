// Numbers with the units a person would use, three digits long where that says enough.

const NS_PER_US = 1e3
const NS_PER_MS = 1e6
const NS_PER_S = 1e9
const S_PER_MIN = 60
const MIN_PER_H = 60

/** `71 ns`, `5.4 µs`, `12.3 ms`, `1.24 s`, `2 min 5 s`, `1 h 3 min`. */
export function duration(ns: number): string {
  const length = Math.max(0, ns)
  if (length < NS_PER_US - 0.5) return `${digits(length, 0)} ns`
  if (length < NS_PER_MS - 500) return `${threeDigits(length / NS_PER_US)} µs`
  if (length < NS_PER_S - 500_000) return `${threeDigits(length / NS_PER_MS)} ms`
  const seconds = length / NS_PER_S
  if (seconds < S_PER_MIN - 0.05) return `${threeDigits(seconds)} s`
  const wholeSeconds = Math.round(seconds)
  const minutes = Math.floor(wholeSeconds / S_PER_MIN)
  if (minutes < MIN_PER_H) return `${minutes} min ${wholeSeconds % S_PER_MIN} s`
  const wholeMinutes = Math.round(seconds / S_PER_MIN)
  return `${count(Math.floor(wholeMinutes / MIN_PER_H))} h ${wholeMinutes % MIN_PER_H} min`
}

const BYTE_UNITS = ['kB', 'MB', 'GB', 'TB']

/** `512 bytes`, `3.4 kB`, `12.3 MB`: powers of 1000, as file managers and disks count. */
export function bytes(size: number): string {
  if (size < 1000) return counted(size, 'byte')
  let value = size
  let unit = -1
  do {
    value /= 1000
    unit++
  } while (value >= 999.5 && unit < BYTE_UNITS.length - 1)
  return `${threeDigits(value)} ${BYTE_UNITS[unit]}`
}

/** `12,345`. */
export function count(value: number): string {
  return digits(value, 0).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 call`, `12,345 calls`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** A share from 0 to 1: `0.4%`, `12.3%`, `100%`. */
export function percent(share: number): string {
  const value = share * 100
  if (value > 0 && value < 0.05) return '<0.1%'
  return `${digits(value, value >= 99.95 ? 0 : 1)}%`
}

function threeDigits(value: number): string {
  if (value >= 99.95) return digits(value, 0)
  return digits(value, value >= 9.995 ? 1 : 2)
}

function digits(value: number, decimals: number): string {
  return value.toFixed(decimals)
}
