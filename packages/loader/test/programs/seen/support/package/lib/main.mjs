export const main = () => 'import'
