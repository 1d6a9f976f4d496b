// Access tokens on their way from the tabs, which sign in, to the worker, which talks to the server. They are in memory
// only; a worker asks for one when it starts, a tab sends each new one.

export type Token = { readonly value: string; readonly expires: number }

type Message = { readonly kind: 'token'; readonly token: Token } | { readonly kind: 'asked' } | { readonly kind: 'online' }

const channel = (storeId: string) => new BroadcastChannel(`hearth-tokens-${storeId}`)

export const REFRESH_BEFORE_MS = 60_000

/** A tab's end. `current` is asked whenever a worker asks. */
export const sendTokens = (storeId: string, current: () => Token | undefined) => {
  const open = channel(storeId)
  const send = () => {
    const token = current()
    if (token !== undefined) open.postMessage({ kind: 'token', token } satisfies Message)
  }
  const online = () => open.postMessage({ kind: 'online' } satisfies Message)
  open.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'asked') send()
  }
  addEventListener('online', online)
  send()
  return {
    send,
    close: () => {
      removeEventListener('online', online)
      open.close()
    },
  }
}

/** The worker's end: a token came, or the network is back. */
export const receiveTokens = (storeId: string, onToken: (token: Token) => void, onOnline: () => void) => {
  const open = channel(storeId)
  open.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'token') onToken(data.token)
    if (data.kind === 'online') onOnline()
  }
  open.postMessage({ kind: 'asked' } satisfies Message)
}
