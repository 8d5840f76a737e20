export { hookHttp, type HttpOptions } from './hook-http.js'
