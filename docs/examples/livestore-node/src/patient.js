import { IsOfflineError } from '@livestore/common'
import { Effect, Schedule, Stream, SubscriptionRef } from '@livestore/utils/effect'

// Wraps a LiveStore sync backend so that it outlives what a network does. The wire is untouched. In LiveStore 0.4.0:
//
// - a broken pull is taken up again only if it failed with IsOfflineError. The WebSocket client reports a lost connection
//   so; the HTTP client reports every failure as an unknown error, and one missed poll then ends pulling, without a word,
//   until the app is restarted;
// - an answer that cannot be read is a defect, which ends pushing or pulling in the same way;
// - the HTTP client's first failed ping ends its pings. If it then counted as disconnected, it does so for ever. Turn its
//   own pings off (`ping: { enabled: false }`) and give `pingMs` here.
export const patient =
  (makeBackend, { waitMs = 1000, pingMs } = {}) =>
  (args) =>
    Effect.gen(function* () {
      const backend = yield* makeBackend(args)
      if (pingMs !== undefined) {
        yield* backend.ping.pipe(
          Effect.catchAllCause(() => SubscriptionRef.set(backend.isConnected, false)),
          Effect.repeat(Schedule.spaced(pingMs)),
          Effect.forkScoped,
        )
      }
      return {
        ...backend,
        pull: (cursor, options) =>
          backend.pull(cursor, options).pipe(Stream.catchAllCause((cause) => Stream.fromEffect(afterAWhile(cause, waitMs)))),
        push: (batch) =>
          backend.push(batch).pipe(Effect.catchAllDefect((cause) => Effect.fail(new IsOfflineError({ cause })))),
      }
    })

const afterAWhile = (cause, waitMs) => {
  const failure = cause._tag === 'Fail' ? cause.error : undefined
  return failure?._tag === 'BackendIdMismatchError' || failure?._tag === 'IsOfflineError'
    ? Effect.fail(failure)
    : Effect.sleep(waitMs).pipe(Effect.zipRight(Effect.fail(new IsOfflineError({ cause }))))
}
