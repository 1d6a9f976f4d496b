import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { parseArgs } from 'node:util'
import { openLink } from './link.js'

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    store: { type: 'string' },
    client: { type: 'string' },
    data: { type: 'string' },
    token: { type: 'string', default: process.env.HEARTH_TOKEN }, // better in the environment: a command line is public
    transport: { type: 'string', default: 'http' },
    poll: { type: 'string', default: '1000' }, // HTTP only: milliseconds between live pulls (LiveStore's own default: 5000)
    ping: { type: 'string', default: '10000' }, // milliseconds between pings (LiveStore's own default)
    offline: { type: 'boolean', default: false }, // start with the link cut
    direct: { type: 'boolean', default: false }, // no link: talk to --url itself; offline/online are then refused
    plain: { type: 'boolean', default: false }, // without the wrapper of patient.js, as a naive app would run it
    'on-error': { type: 'string', default: 'ignore' }, // LiveStore's default; `shutdown` makes sync errors loud
    'on-reset': { type: 'string', default: 'reset' }, // what to do when the backend's identity changed: reset, shutdown, ignore
    'log-level': { type: 'string', default: 'Warning' },
  },
})
for (const name of ['url', 'store', 'client', 'data']) {
  if (!options[name]) {
    console.error(`--${name} is missing`)
    process.exit(2)
  }
}

// Everything but our answers goes to stderr: LiveStore logs with console.log.
const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`)
for (const level of ['log', 'info', 'debug', 'warn', 'trace']) console[level] = (...args) => console.error(...args)

// Node 20 has no WebSocket of its own; newer ones use this very implementation.
globalThis.WebSocket ??= (await import('undici')).WebSocket

const started = performance.now()
const { createStorePromise, makeShutdownDeferred, queryDb } = await import('@livestore/livestore')
const { makeAdapter } = await import('@livestore/adapter-node')
const { makeHttpSync, makeWsSync } = await import('@livestore/sync-cf/client')
const { events, schema, todos } = await import('./schema.js')
const { patient } = await import('./patient.js')
const { Cause, Deferred, Effect, Stream } = await import('@livestore/utils/effect')

const link = options.direct ? undefined : await openLink(options.url)
if (options.offline) await link?.set('cut')
const url = link?.url ?? options.url
const pingMs = Number(options.ping)

// Counts how often the server answered a push with "others were faster: take their events first", and lets what was
// pulled wait until it is wanted, as it does on a slow device.
const serverAhead = { count: 0 }
const gate = Effect.unsafeMakeLatch(true)
const observed = (makeBackend) => (args) =>
  Effect.map(makeBackend(args), (sync) => ({
    ...sync,
    pull: (cursor, options) => sync.pull(cursor, options).pipe(Stream.tap(() => gate.await)),
    push: (batch) =>
      sync.push(batch).pipe(Effect.tapError((e) => Effect.sync(() => (serverAhead.count += e._tag === 'ServerAheadError' ? 1 : 0)))),
  }))
const overHttp = (ping) =>
  makeHttpSync({ url: url.replace(/^ws/, 'http'), ping, livePull: { pollInterval: Number(options.poll) } })
const overWebSocket = () => makeWsSync({ url: url.replace(/^http/, 'ws'), ping: { requestInterval: pingMs } })
const backends = {
  http: () => (options.plain ? overHttp({ requestInterval: pingMs }) : patient(overHttp({ enabled: false }), { pingMs })),
  ws: () => (options.plain ? overWebSocket() : patient(overWebSocket())),
}
const backend = observed(backends[options.transport]())

// The adapter keeps its files in <baseDirectory>/<storeId>: two clients must never share one base directory.
const baseDirectory = path.resolve(options.data, options.client)
mkdirSync(baseDirectory, { recursive: true })

// LiveStore shuts a store down by itself when the backend's identity changed, or on any sync error with `shutdown`.
// From then on its promises never settle, so commands are refused until `restart`.
let store
let ended
const open = async () => {
  ended = undefined
  const deferred = await Effect.runPromise(makeShutdownDeferred)
  Effect.runPromiseExit(Deferred.await(deferred)).then((exit) => {
    const cause = exit._tag === 'Success' ? exit.value : Cause.squash(exit.cause)
    ended = cause?.reason ?? cause?._tag ?? 'unknown'
    if (ended !== 'manual') say({ event: 'shutdown', reason: ended })
  })
  store = await createStorePromise({
    schema,
    storeId: options.store,
    adapter: makeAdapter({
      storage: { type: 'fs', baseDirectory },
      clientId: options.client,
      sync: { backend, onSyncError: options['on-error'], onBackendIdMismatch: options['on-reset'] },
    }),
    shutdownDeferred: deferred,
    ...(options.token === undefined ? {} : { syncPayload: { authToken: options.token } }),
    disableDevtools: true,
    logLevel: options['log-level'],
  })
  return {}
}
const close = async () => {
  if (ended === undefined) await store.shutdownPromise()
}
await open()

const rows$ = queryDb(todos.where({ deleted: false }).orderBy('id', 'asc'))
const digest = (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex')
const num = (seq) => (seq.client === 0 ? seq.global : `${seq.global}.${seq.client}`)

const state = () => {
  const rows = store.query(rows$).map(({ id, text, completed }) => ({ id, text, completed }))
  return { rows, count: rows.length, digest: digest(rows) }
}

const status = async () => {
  // store.syncStatus() compares this session with its own leader; what the server has, only the leader knows.
  const { session, leader } = await store._dev.syncStates()
  const network = await Effect.runPromise(store.networkStatus)
  return {
    pending: leader.pending.length + session.pending.length,
    unpushed: leader.pending.length,
    shown: session.pending.length === 0 && session.localHead.global === leader.localHead.global, // in the rows, too
    localHead: num(session.localHead),
    upstreamHead: num(leader.upstreamHead),
    connected: network.isConnected,
    serverAhead: serverAhead.count,
    link: link?.state() ?? 'direct',
  }
}

// What the server confirmed, in its order. store.events() is a live stream, so it is given an end.
const history = async () => {
  const { leader } = await store._dev.syncStates()
  const list = []
  if (leader.upstreamHead.global > 0) {
    for await (const event of store.events({ until: leader.upstreamHead, batchSize: 1000 })) {
      list.push({
        seqNum: num(event.seqNum),
        parentSeqNum: num(event.parentSeqNum),
        name: event.name,
        args: event.args,
        clientId: event.clientId,
        sessionId: event.sessionId,
      })
    }
  }
  const pending = leader.pending.map(({ seqNum, name, args }) => ({ seqNum: num(seqNum), name, args }))
  const content = list.map(({ seqNum, name, args, clientId }) => [seqNum, name, args, clientId])
  return { events: list, count: list.length, digest: digest(content), pending }
}

const refuseIfEnded = () => ended === undefined || fail(`the store has shut down: ${ended}`)
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const until = async (done, timeoutMs, everyMs = 50) => {
  const end = performance.now() + timeoutMs
  for (;;) {
    refuseIfEnded()
    const now = await status()
    if (done(now)) return now
    if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms: ${JSON.stringify(now)}`)
    await sleep(everyMs)
  }
}
const untilTrue = async (done, timeoutMs) => {
  for (const end = performance.now() + timeoutMs; !done(); await sleep(2)) {
    refuseIfEnded()
    if (performance.now() > end) fail(`not within ${timeoutMs} ms`)
  }
}
// An answer means that the event is on disk. store.commit() alone returns before the leader has written it.
const onDisk = async (timeoutMs = 90000) => {
  for (const end = performance.now() + timeoutMs; ; await sleep(5)) {
    refuseIfEnded()
    const { session, leader } = await store._dev.syncStates()
    if (session.pending.length === 0) return {}
    if (performance.now() > end) fail(`not on disk within ${timeoutMs} ms: session ${heads(session)}; leader ${heads(leader)}`)
  }
}
const heads = ({ pending, localHead, upstreamHead }) =>
  `${pending.length} pending, head ${localHead.global} of generation ${localHead.rebaseGeneration}, upstream ${upstreamHead.global}`
const commit = (...list) => {
  store.commit(...list)
  return onDisk()
}
const link_ = () => link ?? fail('started with --direct: there is no link to cut')
const fail = (message) => {
  throw new Error(message)
}

const commands = {
  add: ({ id, text }) => commit(events.todoCreated({ id, text: text ?? '' })),
  // Many at once: {"do":"addMany","prefix":"a","count":250}; one commit each, as a person would make them.
  addMany: async ({ prefix, count, text }) => {
    for (let i = 1; i <= count; i++) {
      store.commit(events.todoCreated({ id: `${prefix}${String(i).padStart(6, '0')}`, text: text ?? `${prefix} ${i}` }))
    }
    await onDisk()
    return { count }
  },
  complete: ({ id }) => commit(events.todoCompleted({ id })),
  reopen: ({ id }) => commit(events.todoReopened({ id })),
  rename: ({ id, text }) => commit(events.todoRenamed({ id, text })),
  delete: ({ id }) => commit(events.todoDeleted({ id })),
  offline: async ({ how }) => (await link_().set(how ?? 'cut'), {}),
  online: async () => (await link_().set('up'), {}),
  hold: async () => (await Effect.runPromise(gate.close), {}),
  release: async () => (await Effect.runPromise(gate.open), {}),
  state,
  history,
  syncStatus: status,
  waitSynced: ({ timeoutMs }) => until((now) => now.pending === 0 && now.shown, timeoutMs ?? 30000),
  waitHead: ({ head, timeoutMs }) => until((now) => now.upstreamHead >= head && now.pending === 0 && now.shown, timeoutMs ?? 30000),
  waitRow: async ({ id, timeoutMs }) => (await untilTrue(() => store.query(todos.where({ id })).length > 0, timeoutMs ?? 30000), {}),
  waitConnected: ({ timeoutMs }) => until((now) => now.connected, timeoutMs ?? 30000),
  restart: async () => (await close(), await open()),
  memory: () => ({ rssMiB: Math.round(process.memoryUsage().rss / 1048576) }),
  close: async () => {
    await close()
    link?.close()
    return { closed: true }
  },
}

say({
  event: 'ready',
  client: options.client,
  store: options.store,
  transport: options.transport,
  startMs: Math.round(performance.now() - started),
  pid: process.pid,
})

// One command at a time, in order; an answer repeats the command's `ref`, if it had one.
for await (const line of readline.createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue
  let command = {}
  try {
    command = JSON.parse(line)
    const run = commands[command.do] ?? fail(`no such command: ${command.do}`)
    if (!['restart', 'close', 'offline', 'online'].includes(command.do)) refuseIfEnded()
    say({ ok: true, do: command.do, ref: command.ref, ...(await run(command)) })
  } catch (error) {
    say({ ok: false, do: command.do, ref: command.ref, error: error?.message ?? String(error) })
  }
  if (command.do === 'close') process.exit(0)
}
setTimeout(() => process.exit(1), 30000).unref()
await commands.close()
process.exit(0)
