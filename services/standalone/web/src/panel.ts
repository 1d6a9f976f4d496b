import { element, part } from './dom.ts'
import type { Session } from './identity.ts'
import { ago, size } from './words.ts'

type Check = { readonly name: string; readonly status: string; readonly data?: Record<string, string> }
type StoreUsage = {
  readonly store: string
  readonly name: string
  readonly events: number
  readonly bytes: number
  readonly lastActivity?: string
}

/** What the server says of itself, to anybody. */
export const showHealth = async () => {
  const checks = part('checks')
  const summary = part('health')
  if (!navigator.onLine) {
    summary.textContent = 'Offline: the server cannot be asked.'
    summary.dataset.mood = 'apart'
    checks.replaceChildren()
    return
  }
  try {
    const answer = await fetch('/q/health/ready', { signal: AbortSignal.timeout(10_000) })
    const health = (await answer.json()) as { status: string; checks: Check[] }
    const up = health.status === 'UP'
    const services = health.checks.flatMap(servicesOf)
    summary.textContent = up ? 'Everything runs.' : 'Not everything runs.'
    summary.dataset.mood = up ? 'saved' : 'wrong'
    checks.replaceChildren(
      ...services.map(([name, status]) =>
        element('li', {}, element('span', { textContent: name }), mark(status === 'UP')),
      ),
    )
  } catch {
    summary.textContent = 'The server does not answer.'
    summary.dataset.mood = 'wrong'
    checks.replaceChildren()
  }
}

/** In one program one check names all services; apart, each service has its own. */
const servicesOf = ({ name, status, data }: Check): [string, string][] => {
  if (data !== undefined) return Object.entries(data).toSorted()
  return name.includes(' ') ? [] : [[name, status]]
}

const mark = (up: boolean) =>
  element('span', { className: up ? 'up' : 'down', textContent: up ? 'runs' : 'does not answer' })

/** What the server keeps for this person. */
export const showUsage = async (session: Session, ownStore: string) => {
  const token = await session.access()
  if (token === undefined) return
  try {
    const answer = await fetch('/api/v1/usage', {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    })
    if (!answer.ok) return
    const { stores } = (await answer.json()) as { stores: StoreUsage[] }
    part('stores').hidden = false
    part('no-stores').hidden = stores.length > 0
    part('stores-table').hidden = stores.length === 0
    part('stores-rows').replaceChildren(...stores.map((store) => usageRow(store, store.name === ownStore)))
  } catch {
    // The status line tells that the server is away.
  }
}

const usageRow = ({ name, events, bytes, lastActivity }: StoreUsage, own: boolean) =>
  element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      element('code', { textContent: name }),
      ...(own ? [element('span', { className: 'note', textContent: 'this list' })] : []),
    ),
    element('td', { textContent: events.toLocaleString('en') }),
    element('td', { textContent: size(bytes) }),
    element('td', { textContent: lastActivity === undefined ? '' : ago(Date.parse(lastActivity), Date.now()) }),
  )

/** What to write into one's own client, with this server's address in it. */
export const showConnect = (storeId: string | undefined) => {
  const { origin } = location
  const store = storeId ?? 'my-list'
  part('snippet-livestore').textContent = `import { makeWsSync }
  from '@livestore/sync-cf/client'

const backend = makeWsSync({
  url: '${origin.replace(/^http/, 'ws')}/faces/livestore',
})

const store = await createStorePromise({
  schema,
  adapter, // yours, with sync: { backend }
  storeId: '${store}',
  syncPayload: { authToken: accessToken },
})`
  part('snippet-curl').textContent = `BASE=${origin}/api/v1/stores
AUTH="Authorization: Bearer $(./hearth user token you@example.org)"
JSON="Content-Type: application/json"

# open: finds your store of that name, or makes it
STORE=$(curl -s -H "$AUTH" -H "$JSON" $BASE -d '{"name":"todo"}' | jq -r .id)

# append: answered when it is on disk
curl -s -H "$AUTH" -H "$JSON" $BASE/$STORE/events \\
  -d '{"events": [{"type": "task.added", "data": {"title": "Milk"}}]}'

# follow: what is stored, then what comes
curl -sN -H "$AUTH" "$BASE/$STORE/live?after=0"`
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.onclick = async () => {
      await navigator.clipboard.writeText(part(button.dataset.copy ?? '').textContent ?? '')
      button.textContent = 'Copied'
      setTimeout(() => {
        button.textContent = 'Copy'
      }, 2000)
    }
  }
}
