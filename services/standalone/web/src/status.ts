import { part } from './dom.ts'
import type { List } from './store.ts'
import { ago, type Words, words } from './words.ts'

export const CONTACT = 'hearth.contact'

/** The status line: looks every second, and at once when something was written or the network changed. */
export const showStatus = (
  list: List,
  signedIn: () => boolean,
  onMood: (now: Words['mood'], before: Words['mood'] | undefined) => void,
) => {
  const line = part('status')
  const contact = part('contact')
  let mood: Words['mood'] | undefined
  let last = Number(localStorage.getItem(CONTACT) ?? 0)
  let looking = false
  let stopped = false

  const look = async () => {
    if (looking || stopped) return
    looking = true
    try {
      const { connected, waiting } = await list.sync()
      if (stopped) return
      const now = words({ online: navigator.onLine, signedIn: signedIn(), connected, waiting })
      if (connected) {
        last = Date.now()
        localStorage.setItem(CONTACT, String(last))
      }
      if (line.textContent !== now.text) line.textContent = now.text // told to who listens, so only what is new
      part('list').dataset.mood = now.mood
      contact.textContent = last === 0 ? '' : `Last contact with the server: ${ago(last, Date.now())}.`
      part('sign-in-again').hidden = signedIn()
      if (mood !== now.mood) onMood(now.mood, mood)
      mood = now.mood
    } finally {
      looking = false
    }
  }

  const timer = setInterval(look, 1000)
  const unsubscribe = list.onItems(() => setTimeout(look))
  addEventListener('online', look)
  addEventListener('offline', look)
  void look()
  return {
    look: () => void look(),
    stop: (text?: string) => {
      stopped = true
      if (text !== undefined) line.textContent = text
      clearInterval(timer)
      removeEventListener('online', look)
      removeEventListener('offline', look)
      unsubscribe()
    },
  }
}
