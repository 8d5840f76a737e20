export default class Named { method() { return 1 } }; export const __esModule = true
