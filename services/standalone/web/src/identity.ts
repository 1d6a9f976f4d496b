import * as oauth from 'oauth4webapi'
import { REFRESH_BEFORE_MS, type Token } from './tokens.ts'

// Sign-in through Keycloak: authorization code with PKCE, in the page's own window. The access token stays in memory. The
// refresh token is in this tab's sessionStorage, so that a reload does not sign out; Keycloak takes each one only once.

export type Person = { readonly id: string; readonly name: string; readonly email: string }

type Kept = { readonly person: Person; readonly refreshToken: string; readonly idToken: string }
type Attempt = { readonly state: string; readonly nonce: string; readonly verifier: string }

const CLIENT: oauth.Client = { client_id: 'hearth-web', [oauth.clockTolerance]: 300 }
const REDIRECT = `${location.origin}/`
const ISSUER = new URL(`${location.origin}/identity/realms/hearth`)
// Plain HTTP is for localhost, where browsers count it as secure.
const http = { [oauth.allowInsecureRequests]: location.protocol === 'http:' }

/** Hearth was opened by another address than the one that stands in its tokens; nobody can sign in here. */
export class Elsewhere extends Error {
  constructor(readonly address: string) {
    super(`this Hearth is at ${address}`)
  }
}

let discovered: Promise<oauth.AuthorizationServer> | undefined
const keycloak = () => {
  discovered ??= oauth
    .discoveryRequest(ISSUER, http)
    .then(async (answer) => {
      const { issuer } = (await answer.clone().json()) as { issuer: string }
      if (answer.ok && new URL(issuer).origin !== location.origin) throw new Elsewhere(new URL(issuer).origin)
      return oauth.processDiscoveryResponse(ISSUER, answer)
    })
    .catch((failure) => {
      discovered = undefined
      throw failure
    })
  return discovered
}

/** Leaves for Keycloak. With `none` it only asks whether somebody is signed in there, and comes back at once. */
export const leaveToSignIn = async (prompt?: 'none' | 'login') => {
  const server = await keycloak()
  const attempt: Attempt = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
  }
  sessionStorage.setItem('hearth.attempt', JSON.stringify(attempt))
  const url = new URL(server.authorization_endpoint ?? '')
  const query = {
    client_id: CLIENT.client_id,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'openid profile email',
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
    ...(prompt === undefined ? {} : { prompt }),
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  location.assign(url)
}

/** What came back in the address, if this is the way back. Nobody signed in is no failure. */
export const comeBack = async (): Promise<Session | undefined> => {
  const here = new URL(location.href)
  if (!here.searchParams.has('state')) return undefined
  history.replaceState(null, '', REDIRECT)
  const attempt = JSON.parse(sessionStorage.getItem('hearth.attempt') ?? 'null') as Attempt | null
  sessionStorage.removeItem('hearth.attempt')
  if (attempt === null || here.searchParams.has('error')) return undefined
  const server = await keycloak()
  const given = oauth.validateAuthResponse(server, CLIENT, here, attempt.state)
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    CLIENT,
    oauth.None(),
    given,
    REDIRECT,
    attempt.verifier,
    http,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(server, CLIENT, answer, {
    expectedNonce: attempt.nonce,
    requireIdToken: true,
  })
  const claims = oauth.getValidatedIdTokenClaims(tokens)
  const email = String(claims?.email ?? '')
  const person = { id: claims?.sub ?? '', name: String(claims?.name ?? email), email }
  return new Session({ person, refreshToken: tokens.refresh_token ?? '', idToken: tokens.id_token ?? '' }, tokens)
}

/** The session that this tab had before a reload. */
export const resume = (): Session | undefined => {
  const kept = sessionStorage.getItem('hearth.session')
  return kept === null ? undefined : new Session(JSON.parse(kept) as Kept)
}

export class Session {
  token: Token | undefined
  /** Keycloak takes the refresh token no more: somebody has to sign in again. */
  ended = false
  onChange: () => void = () => {}
  private timer: ReturnType<typeof setTimeout> | undefined
  private refreshing: Promise<void> | undefined

  constructor(
    private kept: Kept,
    tokens?: oauth.TokenEndpointResponse,
  ) {
    if (tokens !== undefined) this.take(tokens)
    addEventListener('online', this.refreshSoon)
  }

  get person() {
    return this.kept.person
  }

  private take(tokens: oauth.TokenEndpointResponse) {
    this.kept = {
      person: this.person,
      refreshToken: tokens.refresh_token ?? this.kept.refreshToken,
      idToken: tokens.id_token ?? this.kept.idToken,
    }
    sessionStorage.setItem('hearth.session', JSON.stringify(this.kept))
    const lifeMs = (tokens.expires_in ?? 60) * 1000
    this.token = { value: tokens.access_token, expires: Date.now() + lifeMs }
    this.again(Math.max(lifeMs - REFRESH_BEFORE_MS, lifeMs / 2))
    this.onChange()
  }

  private again(afterMs: number) {
    clearTimeout(this.timer)
    this.timer = setTimeout(this.refreshSoon, afterMs)
  }

  /** A token that is good for now, if there is one. */
  async access(): Promise<string | undefined> {
    if (this.token === undefined || this.token.expires < Date.now() + 5000) await this.refresh()
    return this.token?.value
  }

  private refreshSoon = () => {
    if (this.token === undefined || this.token.expires < Date.now() + 2 * REFRESH_BEFORE_MS) void this.refresh()
  }

  /** Never twice at once: the second would come with a token that is used up. */
  refresh(): Promise<void> {
    if (this.ended) return Promise.resolve()
    this.refreshing ??= this.ask().finally(() => {
      this.refreshing = undefined
    })
    return this.refreshing
  }

  private async ask() {
    try {
      const server = await keycloak()
      const answer = await oauth.refreshTokenGrantRequest(server, CLIENT, oauth.None(), this.kept.refreshToken, http)
      this.take(await oauth.processRefreshTokenResponse(server, CLIENT, answer))
    } catch (failure) {
      if (failure instanceof oauth.ResponseBodyError) {
        this.ended = true
        this.forget()
        this.onChange()
      } else {
        this.again(5000) // the server is away
      }
    }
  }

  forget() {
    clearTimeout(this.timer)
    removeEventListener('online', this.refreshSoon)
    sessionStorage.removeItem('hearth.session')
    this.token = undefined
  }

  /** Leaves for Keycloak, to end the session there too. */
  async leaveToSignOut() {
    const url = new URL((await keycloak()).end_session_endpoint ?? REDIRECT)
    url.searchParams.set('client_id', CLIENT.client_id)
    url.searchParams.set('id_token_hint', this.kept.idToken)
    url.searchParams.set('post_logout_redirect_uri', REDIRECT)
    this.forget()
    location.assign(url)
  }
}
