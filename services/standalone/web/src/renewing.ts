import { IsOfflineError, type SyncBackend } from '@livestore/common'
import { Deferred, Effect, Exit, Option, Queue, Schedule, Scope, Stream, SubscriptionRef } from '@livestore/utils/effect'
import { REFRESH_BEFORE_MS, receiveTokens, type Token } from './tokens.ts'

type Make = SyncBackend.SyncBackendConstructor<any, any>
type Backend = Effect.Effect.Success<ReturnType<Make>>

/** One connection's worth of backend: made for a token, thrown away whole. */
type Link = {
  readonly backend: Backend
  readonly scope: Scope.CloseableScope
  readonly gone: Deferred.Deferred<never, IsOfflineError>
  readonly token: Token
}

const LOOK_AGAIN_MS = 8_000

/**
 * LiveStore 0.4.0 sends the payload it was opened with for as long as the store is open, and waits longer after each lost
 * connection, up to 30 s. An access token of Hearth's is good for ten minutes. So the backend is made anew, with a fresh
 * token, shortly before the old one ends, when a connection was lost or the network is back, and every few seconds while
 * there is none. LiveStore sees a connection that was lost and begins its pull again, which it forgets when the client
 * underneath reconnects by itself. The reasons: docs/adr/0011-the-page-makes-its-connection-anew.md
 */
export const renewing =
  (make: Make): Make =>
  (args) =>
    Effect.gen(function* () {
      const isConnected = yield* SubscriptionRef.make(false)
      const link = yield* SubscriptionRef.make(Option.none<Link>())
      const tokens = yield* Queue.sliding<Token>(1)
      const looks = yield* Queue.sliding<'look'>(1)
      const lookSoon = () => {
        Queue.unsafeOffer(looks, 'look')
      }
      receiveTokens(args.storeId, (token) => Queue.unsafeOffer(tokens, token), lookSoon)

      const leave = Effect.gen(function* () {
        const old = yield* SubscriptionRef.getAndSet(link, Option.none())
        if (Option.isNone(old)) return
        yield* SubscriptionRef.set(isConnected, false)
        yield* Deferred.fail(old.value.gone, new IsOfflineError({ cause: 'the connection is made anew' }))
        yield* Scope.close(old.value.scope, Exit.void)
      })
      const connect = (token: Token) =>
        Effect.gen(function* () {
          yield* leave
          const scope = yield* Scope.make()
          const backend = yield* make({ ...args, payload: { authToken: token.value } }).pipe(Scope.extend(scope))
          let was = false
          yield* backend.isConnected.changes.pipe(
            Stream.runForEach((now) => {
              if (was && !now) lookSoon()
              was = now
              return SubscriptionRef.set(isConnected, now)
            }),
            Effect.forkIn(scope),
          )
          const gone = yield* Deferred.make<never, IsOfflineError>()
          yield* SubscriptionRef.set(link, Option.some({ backend, scope, gone, token }))
        })

      const take = (token: Token) =>
        Effect.gen(function* () {
          const now = yield* link
          const ends = Option.match(now, { onNone: () => 0, onSome: (held) => held.token.expires })
          const soon = ends - Date.now() < 1.5 * REFRESH_BEFORE_MS
          if (soon || !(yield* isConnected)) yield* connect(token)
        })
      const look = Effect.gen(function* () {
        const now = yield* link
        if (Option.isNone(now) || (yield* isConnected)) return
        if (now.value.token.expires > Date.now()) yield* connect(now.value.token)
      })
      const lock = yield* Effect.makeSemaphore(1)
      yield* Queue.take(tokens).pipe(
        Effect.flatMap((token) => lock.withPermits(1)(take(token)).pipe(Effect.ignoreLogged)),
        Effect.forever,
        Effect.forkScoped,
      )
      yield* Queue.take(looks).pipe(
        Effect.flatMap(() => lock.withPermits(1)(look).pipe(Effect.ignoreLogged)),
        Effect.forever,
        Effect.forkScoped,
      )
      yield* Effect.sync(lookSoon).pipe(Effect.schedule(Schedule.spaced(LOOK_AGAIN_MS)), Effect.forkScoped)
      yield* Effect.addFinalizer(() => leave)

      /** Waits for the first token. */
      const present = link.changes.pipe(
        Stream.filterMap((now) => now),
        Stream.runHead,
        Effect.flatten,
        Effect.orDie,
      )
      const ping = Effect.flatMap(present, ({ backend, gone }) => Effect.raceFirst(backend.ping, Deferred.await(gone)))

      return {
        isConnected,
        metadata: { name: 'hearth', description: 'sync-cf over WebSocket, renewed with each access token' },
        supports: { pullPageInfoKnown: true, pullLive: true },
        connect: Effect.void,
        ping,
        pull: (cursor, options) =>
          Stream.unwrap(
            Effect.map(present, ({ backend, gone }) =>
              backend.pull(cursor, options).pipe(Stream.interruptWhenDeferred(gone)),
            ),
          ),
        push: (batch) =>
          Effect.flatMap(present, ({ backend, gone }) => Effect.raceFirst(backend.push(batch), Deferred.await(gone))),
      } satisfies Backend
    })
