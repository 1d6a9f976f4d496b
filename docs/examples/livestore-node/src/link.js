import net from 'node:net'
import tls from 'node:tls'

// A cable that can be pulled. The client talks to a local port and this passes the bytes on, so that going offline is
// what it is on a real device: connections break and new ones are refused. The client itself is not touched.
//
//   up     bytes pass both ways
//   cut    connections are broken, new ones refused
//   stall  connections stay, nothing passes either way (a dead spot: no error tells the client)
//   mute   what the client sends arrives, what the server answers is lost
export const openLink = async (target) => {
  const url = new URL(target)
  const secure = url.protocol === 'https:' || url.protocol === 'wss:'
  const upstream = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || (secure ? 443 : 80)) }
  const pairs = new Set()
  let state = 'up'

  const server = net.createServer((client) => {
    // An address is checked too, but not announced.
    const servername = net.isIP(upstream.host) ? '' : upstream.host
    const remote = secure ? tls.connect({ ...upstream, servername }) : net.connect(upstream)
    const pair = { client, remote }
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      remote.destroy()
    }
    client.on('data', (bytes) => state !== 'stall' && remote.write(bytes))
    remote.on('data', (bytes) => state === 'up' && client.write(bytes))
    for (const socket of [client, remote]) {
      socket.on('error', end)
      socket.on('close', end)
    }
  })

  const listen = (port) =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve(server.address().port)
      })
    })
  const breakAll = () => {
    for (const { client, remote } of pairs) {
      client.destroy()
      remote.destroy()
    }
  }

  const port = await listen(0)
  const near = new URL(url)
  near.protocol = url.protocol.replace('s:', ':')
  near.host = `127.0.0.1:${port}`

  return {
    url: near.href.replace(/\/$/, ''),
    state: () => state,
    async set(next) {
      if (next === state) return
      const wasCut = state === 'cut'
      const wasUp = state === 'up'
      state = next
      if (next === 'cut') {
        server.close()
        breakAll()
      } else if (wasCut) {
        await listen(port)
      } else if (!wasUp && next === 'up') {
        breakAll() // bytes were lost on these
      }
    },
    close() {
      state = 'cut'
      server.close()
      breakAll()
    },
  }
}
