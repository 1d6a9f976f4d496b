import { makeWorker } from '@livestore/adapter-web/worker'
import { makeWsSync } from '@livestore/sync-cf/client'
import { renewing } from './renewing.ts'
import { schema } from './schema.ts'

makeWorker({
  schema,
  sync: {
    backend: renewing(
      makeWsSync({
        url: `${self.location.origin.replace(/^http/, 'ws')}/faces/livestore`,
        ping: { requestInterval: 5_000 }, // a silent loss is noticed after two
      }),
    ),
    initialSyncOptions: { _tag: 'Skip' }, // what is here is shown at once, with or without a server
    onBackendIdMismatch: 'shutdown', // nothing is deleted before somebody was asked
  },
})
