export const custom = () => 'custom'
