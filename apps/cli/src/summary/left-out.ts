import type { LeftOutCalls, Session } from '@tracer/spool'
import { counted } from '@tracer/text-format'

/** Calls that limits kept out, on all threads. */
export function leftOutCalls({ leftOut }: Pick<Session, 'leftOut'>): LeftOutCalls {
  return leftOut.reduce((sum, { short, deep }) => ({ short: sum.short + short, deep: sum.deep + deep }), {
    short: 0,
    deep: 0,
  })
}

/** `1,200 calls shorter than --min-duration, 3 calls deeper than --max-depth`; empty when there are none. */
export function leftOutText(session: Pick<Session, 'leftOut'>): string {
  const { short, deep } = leftOutCalls(session)
  return [
    ...(short > 0 ? [`${counted(short, 'call')} shorter than --min-duration`] : []),
    ...(deep > 0 ? [`${counted(deep, 'call')} deeper than --max-depth`] : []),
  ].join(', ')
}
