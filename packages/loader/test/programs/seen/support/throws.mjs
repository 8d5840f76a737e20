export const x = 1; throw new Error('while loading')
