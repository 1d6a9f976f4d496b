import { part } from './dom.ts'
import type { Session } from './identity.ts'

// An invite that somebody came with: `/?invite=CODE`. The code stays in this tab until it was used, also across a sign-in.

const KEPT = 'hearth.invite'

type Problem = { readonly detail?: string }

/** Takes the code out of the address, where it would be seen and kept. */
export const takeInvite = () => {
  const here = new URL(location.href)
  const code = here.searchParams.get('invite')
  if (code === null) return
  sessionStorage.setItem(KEPT, code)
  history.replaceState(null, '', '/')
}

const why = async (answer: Response) => ((await answer.json().catch(() => ({}))) as Problem).detail

const ask = (path: string, init: RequestInit) =>
  fetch(path, { ...init, signal: AbortSignal.timeout(30_000) }).catch(() => undefined)

const UNREACHABLE = 'The server does not answer. Try again in a moment.'

/** Shows what the invite is for. Who is signed in may join; anybody else makes an account with it, or signs in first. */
export const showInvite = async (session: Session | undefined, signIn: () => void, say: (text: string) => void) => {
  const code = sessionStorage.getItem(KEPT)
  if (code === null) return
  const found = await ask(`/api/v1/invites/${encodeURIComponent(code)}`, {})
  if (found === undefined) return say(UNREACHABLE)
  if (!found.ok) {
    sessionStorage.removeItem(KEPT)
    return say('This invite was used, taken back, or is too old. Ask whoever sent it for another.')
  }
  const { household } = (await found.json()) as { household: string }
  part('invite-title').textContent = `You are invited to “${household}”`
  const done = (text: string) => {
    sessionStorage.removeItem(KEPT)
    part('invite-title').textContent = `Welcome to “${household}”`
    part('invite-text').textContent = text
    for (const shown of ['invite-join', 'invite-new', 'invite-known']) part(shown).hidden = true
  }
  const refused = async (answer: Response | undefined) => {
    part('invite-refusal').textContent = answer === undefined ? UNREACHABLE : ((await why(answer)) ?? 'That did not work.')
  }

  part('invite-join').onclick = async () => {
    const token = await session?.access()
    const answer = await ask(`/api/v1/invites/${encodeURIComponent(code)}/accept`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
    })
    if (!answer?.ok) return refused(answer)
    part('invite-refusal').textContent = ''
    done('You belong to this household now.')
  }
  part('invite-known').onclick = signIn
  part('invite-sign-in').onclick = signIn
  part('invite-new', HTMLFormElement).onsubmit = async (event) => {
    event.preventDefault()
    const field = (id: string) => part(id, HTMLInputElement).value
    const answer = await ask('/auth/register', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        email: field('invite-email'),
        password: field('invite-password'),
        name: field('invite-name'),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        locale: navigator.language,
        invite: code,
      }),
    })
    if (!answer?.ok) return refused(answer)
    part('invite-refusal').textContent = ''
    done('Your account is made, and you belong to this household. Sign in with your new password.')
    part('invite-sign-in').hidden = false
  }
  const known = session !== undefined
  part('invite-join').hidden = !known
  part('invite-new').hidden = part('invite-known').hidden = known
  part('welcome').hidden = true
  part('invite').hidden = false
}
