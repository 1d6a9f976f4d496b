// Opens the page without a server: keeps the files it consists of (pack.js names them above), and answers with them.
// The page itself is asked of the server first, so that a new one is seen at once; its parts are named after their
// content. Nothing else is touched: no data, no sign-in.
const CACHE = `hearth-${VERSION}`
const PATIENCE_MS = 3000

self.addEventListener('install', (event) => event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES))))

self.addEventListener('activate', (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  ),
)

self.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (event.request.method !== 'GET' || origin !== self.location.origin) return
  if (pathname === '/') event.respondWith(serverFirst(event.request))
  else if (FILES.includes(pathname)) event.respondWith(keptFirst(event.request))
})

async function serverFirst(request) {
  const kept = await caches.match('/')
  if (kept === undefined) return fetch(request)
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS))
  const asked = fetch(request).then((answer) => (answer.ok ? answer : kept)).catch(() => kept)
  return Promise.race([asked, late])
}

async function keptFirst(request) {
  return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request)
}
