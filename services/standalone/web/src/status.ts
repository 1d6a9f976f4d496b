import { part } from './dom.ts'
import type { List } from './store.ts'
import { ago, words } from './words.ts'

const CONTACT = 'hearth.contact'

/** The status line: looks every second, and at once when something was written or the network changed. */
export const showStatus = (list: List, signedIn: () => boolean, onSaved: () => void) => {
  const line = part('status')
  const contact = part('contact')
  let mood = ''
  let last = Number(localStorage.getItem(CONTACT) ?? 0)
  let looking = false

  const look = async () => {
    if (looking) return
    looking = true
    try {
      const { connected, waiting } = await list.sync()
      const now = words({ online: navigator.onLine, signedIn: signedIn(), connected, waiting })
      if (connected) {
        last = Date.now()
        localStorage.setItem(CONTACT, String(last))
      }
      if (line.textContent !== now.text) line.textContent = now.text // told to who listens, so only what is new
      part('list').dataset.mood = now.mood
      contact.textContent = last === 0 ? '' : `Last contact with the server: ${ago(last, Date.now())}.`
      part('sign-in-again').hidden = signedIn()
      if (mood !== 'saved' && now.mood === 'saved') setTimeout(onSaved, 700)
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
    stop: () => {
      clearInterval(timer)
      removeEventListener('online', look)
      removeEventListener('offline', look)
      unsubscribe()
    },
  }
}
