import { element, part } from './dom.ts'
import { comeBack, Elsewhere, leaveToSignIn, type Person, resume, type Session } from './identity.ts'
import { showInvite, takeInvite } from './invite.ts'
import { showList } from './list.ts'
import { showConnect, showHealth, showUsage } from './panel.ts'
import { CONTACT, showStatus } from './status.ts'
import { openList, removeCopy, storeIdOf } from './store.ts'
import { sendTokens } from './tokens.ts'

const PERSON = 'hearth.person'
const FORCE_LOGIN = 'hearth.ask-again'

const remembered = (): Person | undefined => {
  const kept = localStorage.getItem(PERSON)
  return kept === null ? undefined : (JSON.parse(kept) as Person)
}

const notice = (text: string) => {
  part('notice-text').textContent = text
  part('notice').hidden = false
}

const announce = (text: string) => {
  part('announcement').textContent = text
}

const signIn = async () => {
  try {
    await leaveToSignIn(localStorage.getItem(FORCE_LOGIN) === null ? undefined : 'login')
  } catch (failure) {
    if (failure instanceof Elsewhere) {
      notice('One signs in by the address that this server knows as its own: ')
      part('notice-text').append(element('a', { href: `${failure.address}/`, textContent: failure.address }))
    } else {
      notice('The server does not answer, so nobody can sign in now. Try again in a moment.')
    }
  }
}

/** Somebody whom this browser knows may be signed in at Keycloak still, from another tab or an earlier visit. */
const askKeycloakOnce = async () => {
  if (sessionStorage.getItem('hearth.asked') !== null || !navigator.onLine) return false
  sessionStorage.setItem('hearth.asked', 'yes')
  try {
    await Promise.race([
      leaveToSignIn('none'),
      new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 3000)),
    ])
    return true
  } catch {
    return false
  }
}

const showApp = async (person: Person, session: Session | undefined) => {
  localStorage.setItem(PERSON, JSON.stringify(person))
  const storeId = storeIdOf(person)
  part('person').textContent = person.name === '' ? person.email : person.name
  part('account').hidden = part('list').hidden = false

  let status: ReturnType<typeof showStatus> | undefined
  const list = await openList(person, (reason) => {
    const replaced = reason === 'BackendIdMismatchError'
    notice(
      replaced
        ? 'The history on the server was replaced, perhaps by a restore. This device keeps its copy until you choose.'
        : 'The list was closed. Reload the page to go on.',
    )
    part('start-again').hidden = !replaced
    status?.stop('Syncing has stopped.')
    for (const control of part('list').querySelectorAll<HTMLButtonElement>('button, input')) control.disabled = true
  })
  if (!list.persistent) {
    notice('This browser keeps nothing, perhaps in a private window. What the server has not got is gone when it closes.')
  }
  showList(list, announce)
  showConnect(storeId)
  const tokens = sendTokens(storeId, () => session?.token)
  const signedIn = () => session !== undefined && !session.ended
  status = showStatus(list, signedIn, (now, before) => {
    if (now === 'apart' || before === 'apart') void showHealth()
    if (now === 'saved' && session !== undefined) setTimeout(() => void showUsage(session, storeId), 700) // counted by then
  })
  part('sign-in-again').onclick = () => void signIn()
  if (session !== undefined) {
    session.onChange = () => {
      tokens.send()
      status?.look()
    }
    void session.access().then(() => showUsage(session, storeId))
  }

  const tabs = new BroadcastChannel('hearth-tabs')
  tabs.onmessage = async () => {
    await list.close()
    session?.forget()
    location.replace('/')
  }
  const leave = async () => {
    status?.stop()
    tokens.close()
    tabs.postMessage('signed-out')
    await list.close()
    localStorage.removeItem(PERSON)
    localStorage.removeItem(CONTACT)
    await removeCopy(storeId).catch(() => localStorage.setItem('hearth.remove', storeId))
  }
  const signOut = async () => {
    await leave()
    try {
      if (session === undefined || session.ended) throw new Error('nobody to sign out at Keycloak')
      await session.leaveToSignOut()
    } catch {
      session?.forget()
      localStorage.setItem(FORCE_LOGIN, 'yes') // Keycloak could not be told, so it is to ask who comes next
      location.replace('/')
    }
  }
  part('sign-out').onclick = async () => {
    const { waiting } = await list.sync()
    if (waiting === 0) return signOut()
    part('unsaved-count').textContent = waiting === 1 ? '1 change has' : `${waiting} changes have`
    part('unsaved', HTMLDialogElement).showModal()
  }
  part('unsaved-leave').onclick = () => void signOut()
  part('start-again').onclick = async () => {
    await leave()
    localStorage.setItem(PERSON, JSON.stringify(person))
    location.replace('/')
  }
}

const showWelcome = () => {
  part('welcome').hidden = false
  showConnect(undefined)
}

const begin = async () => {
  takeInvite()
  part('sign-in').onclick = () => void signIn()
  void showHealth()
  setInterval(() => document.hidden || void showHealth(), 15_000)
  for (const change of ['online', 'offline']) addEventListener(change, () => void showHealth())
  if (!window.isSecureContext) {
    notice('Browsers keep data and sign in only over HTTPS, or on localhost. Start Hearth with --tls.')
    return showWelcome()
  }
  const leftOver = localStorage.getItem('hearth.remove')
  if (leftOver !== null) await removeCopy(leftOver).then(() => localStorage.removeItem('hearth.remove'), () => {})

  let session: Session | undefined
  try {
    session = (await comeBack()) ?? resume()
  } catch {
    notice('The sign-in did not succeed. Please try again.')
  }
  if (session !== undefined) localStorage.removeItem(FORCE_LOGIN)
  const person = session?.person ?? remembered()
  if (person === undefined) showWelcome()
  else {
    if (session === undefined && (await askKeycloakOnce())) return
    await showApp(person, session)
  }
  await showInvite(session, () => void signIn(), notice)
}

void begin()
  .catch((failure) => {
    console.error(failure)
    notice('This browser cannot open the list. It needs a current browser that may keep data for this site.')
  })
  .finally(() => navigator.serviceWorker?.register('/sw.js').catch(() => {}))
