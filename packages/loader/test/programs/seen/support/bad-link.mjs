import { nothing } from './throws.mjs'; export const g = () => nothing
