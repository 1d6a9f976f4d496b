import { makePersistedAdapter } from '@livestore/adapter-web'
import LiveStoreSharedWorker from '@livestore/adapter-web/shared-worker?sharedworker'
import { createStorePromise, makeShutdownDeferred, queryDb } from '@livestore/livestore'
import { Cause, Deferred, Effect, LogLevel } from '@livestore/utils/effect'
import type { Person } from './identity.ts'
import LiveStoreWorker from './livestore.worker.ts?worker'
import { events, items, schema } from './schema.ts'

export type Item = { readonly id: string; readonly text: string; readonly completed: boolean }
export type Sync = { readonly connected: boolean; readonly waiting: number }
export type List = Awaited<ReturnType<typeof openList>>

type Event = ReturnType<(typeof events)[keyof typeof events]>

/** The server finds a store under its user; this browser may have several, so here the name tells them apart. */
export const storeIdOf = (person: Person) => `home-${person.id.replaceAll('-', '').slice(0, 12)}`

const LONGEST_HANDOVER_MS = 5_000

const adapter = makePersistedAdapter({
  storage: { type: 'opfs' },
  worker: LiveStoreWorker,
  sharedWorker: LiveStoreSharedWorker,
})

const createStore = (storeId: string, shutdownDeferred: Effect.Effect.Success<typeof makeShutdownDeferred>) =>
  createStorePromise({ schema, storeId, adapter, shutdownDeferred, disableDevtools: true, logLevel: LogLevel.Warning })

const inOrder = queryDb(items.orderBy('position', 'asc'))

/** Opens this device's copy, which needs no server. `onEnd` is told when LiveStore closes it unasked, and why. */
export const openList = async (person: Person, onEnd: (reason: string) => void) => {
  const ended = await Effect.runPromise(makeShutdownDeferred)
  const store = await createStore(storeIdOf(person), ended)
  let closed = false
  void Effect.runPromiseExit(Deferred.await(ended)).then((exit) => {
    const cause = exit._tag === 'Success' ? exit.value : Cause.squash(exit.cause)
    if (!closed) onEnd((cause as { _tag?: string })._tag ?? 'unknown')
    closed = true
  })

  // One event is handed over before the next is committed: several at once, while others' events arrive, may leave
  // LiveStore 0.4.0 with changes that it never writes to disk.
  const handedOver = async () => {
    for (const latest = Date.now() + LONGEST_HANDOVER_MS; Date.now() < latest; ) {
      if (closed || store.syncStatus().pendingCount === 0) return
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  let last = Promise.resolve()
  const write = (event: Event) => {
    last = last.then(handedOver).then(() => {
      if (!closed) store.commit(event)
    })
    return last
  }

  return {
    persistent: store.storageMode === 'persisted',
    onItems: (tell: (items: readonly Item[]) => void) => store.subscribe(inOrder, (rows) => tell(rows.map(shown))),
    add: (text: string) => write(events.itemAdded({ id: crypto.randomUUID(), text })),
    complete: (id: string) => write(events.itemCompleted({ id })),
    reopen: (id: string) => write(events.itemReopened({ id })),
    rename: (id: string, text: string) => write(events.itemRenamed({ id, text })),
    remove: (id: string) => write(events.itemRemoved({ id })),
    /** What the server has confirmed is known to LiveStore's worker alone; the store tells of its own part only. */
    sync: async (): Promise<Sync> => {
      if (closed) return { connected: false, waiting: 0 }
      const [{ session, leader }, network] = await Promise.all([
        store._dev.syncStates(),
        Effect.runPromise(store.networkStatus),
      ])
      // On its way from one to the other an event waits in both.
      const waiting = new Set([...session.pending, ...leader.pending].map(({ seqNum }) => seqNum.global))
      return { connected: network.isConnected, waiting: waiting.size }
    },
    close: async () => {
      if (closed) return
      closed = true
      await store.shutdownPromise()
    },
  }
}

const shown = ({ id, text, completed }: Item): Item => ({ id, text, completed })

/** Removes a person's copy from this browser. What a worker still holds is removed at the next visit. */
export const removeCopy = async (storeId: string) => {
  for (const key of Object.keys(localStorage)) if (key.endsWith(`:${storeId}`)) localStorage.removeItem(key)
  const root = await navigator.storage.getDirectory()
  for await (const name of root.keys()) {
    if (name.startsWith(`livestore-${storeId}@`)) await root.removeEntry(name, { recursive: true })
  }
}
