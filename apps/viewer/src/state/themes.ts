import { effect } from '@preact/signals'
import { theme } from './state.js'
import { remember, remembered } from './surroundings.js'

/** Begins with what was chosen before, else with what the system has, and keeps the page to it. */
export function followTheme(): void {
  const before = remembered('theme')
  const isDark = before === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : before === 'dark'
  theme.value = isDark ? 'dark' : 'light'
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value
  })
}

export function toggleTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark'
  remember('theme', theme.value)
}
