import type { Site } from '@tracer/core'

/**
 * The engine of Chrome's performance panel (0.0.65) takes events of these names for those of a browser, looks
 * for what those have in their arguments, and gives up the whole file when it is not there.
 */
const CHROME_NAMES: ReadonlySet<string> = new Set([
  'AbortPostTaskCallback',
  'ActivateLayerTree',
  'BeginMainThreadFrame',
  'BeginRemoteFontLoad',
  'CommitLoad',
  'CompositeLayers',
  'CpuProfile',
  'EventTiming',
  'FireIdleCallback',
  'FunctionCall',
  'InteractiveTime',
  'InvalidateLayout',
  'LayoutInvalidationTracking',
  'LayoutShift',
  'MarkDOMContent',
  'MarkLoad',
  'MetaCharsetCheck',
  'NeedsBeginFrameChanged',
  'Paint',
  'PaintImage',
  'ParseHTML',
  'PreloadRenderBlockingStatusChange',
  'ProfileChunk',
  'RequestIdleCallback',
  'RequestMainThreadFrame',
  'ResourceFinish',
  'ResourceMarkAsCached',
  'ResourceReceiveResponse',
  'ResourceReceivedData',
  'ResourceSendRequest',
  'ResourceWillSendRequest',
  'RunPostTaskCallback',
  'SchedulePostTaskCallback',
  'ScheduleStyleInvalidationTracking',
  'ScheduleStyleRecalculation',
  'SetLayerTreeId',
  'SoftNavigationStart',
  'StyleInvalidatorInvalidationTracking',
  'StyleRecalcInvalidationTracking',
  'SyntheticNetworkRequest',
  'TimerFire',
  'TimerInstall',
  'TracingSessionIdForWorker',
  'TracingStartedInBrowser',
  'TracingStartedInPage',
  'UpdateLayoutTree',
  'UserTiming::Measure',
  'WebSocketCreate',
  'WebSocketDestroy',
  'WebSocketReceive',
  'WebSocketReceiveHandshakeResponse',
  'WebSocketSend',
  'WebSocketSendHandshakeRequest',
  'firstContentfulPaint',
  'firstPaint',
  'largestContentfulPaint::Candidate',
  'largestContentfulPaint::CandidateForSoftNavigation',
  'navigationStart',
  'thread_name',
])

const MARK = '()'

/** The site with a name that Chrome does not know. */
export function withoutChromeName(site: Site): Site {
  return CHROME_NAMES.has(site.name) ? { ...site, name: site.name + MARK } : site
}

/** Whether `written` is `name` as {@link withoutChromeName} writes it. */
export function isMarked(written: string, name: string): boolean {
  return written.length === name.length + MARK.length && written.endsWith(MARK) && written.startsWith(name)
}
