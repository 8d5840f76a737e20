export { pinchOf, type Pinch } from './pinch.js'
export { Pinching } from './pinching.js'
export { CLICK_SLACK, pointIn, type Point } from './point.js'
