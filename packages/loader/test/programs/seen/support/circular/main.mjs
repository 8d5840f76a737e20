import main, { first } from '../../circular.cjs'
export default main
export const seen = () => [Object.keys(main), first()]
