// What the status line says. Plain code, so that every case is tested.

export type Situation = {
  /** What the browser thinks of the network. */
  readonly online: boolean
  /** Whether somebody is signed in, so that the server would listen. */
  readonly signedIn: boolean
  /** Whether the server answers. */
  readonly connected: boolean
  /** Changes that the server has not confirmed. */
  readonly waiting: number
}

export type Words = { readonly mood: 'saved' | 'busy' | 'apart'; readonly text: string }

const changes = (count: number) => (count === 1 ? '1 change' : `${count} changes`)
const wait = (count: number) => (count === 0 ? '' : ` ${changes(count)} ${count === 1 ? 'waits' : 'wait'} for the server.`)

export const words = ({ online, signedIn, connected, waiting }: Situation): Words => {
  if (connected && waiting === 0) return { mood: 'saved', text: 'All saved on the server.' }
  // It takes some seconds until a silent connection is known to be lost; the browser may know at once.
  if (connected && online) return { mood: 'busy', text: `Saving ${changes(waiting)}…` }
  if (!online) return { mood: 'apart', text: `Offline. You can go on writing.${wait(waiting)}` }
  if (!signedIn) return { mood: 'apart', text: `Signed out. Sign in to sync.${wait(waiting)}` }
  return { mood: 'apart', text: `Looking for the server. You can go on writing.${wait(waiting)}` }
}

export const ago = (thenMs: number, nowMs: number) => {
  const seconds = Math.max(0, Math.round((nowMs - thenMs) / 1000))
  if (seconds < 10) return 'just now'
  if (seconds < 60) return `${seconds} seconds ago`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return minutes === 1 ? '1 minute ago' : `${minutes} minutes ago`
  const hours = Math.round(minutes / 60)
  if (hours < 48) return hours === 1 ? '1 hour ago' : `${hours} hours ago`
  return `${Math.round(hours / 24)} days ago`
}

export const size = (bytes: number) => {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = bytes / 1000
  let unit = 0
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}
