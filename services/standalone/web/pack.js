// After the build: tells the server which files there are, makes small copies of them, and tells the service worker what
// it has to keep so that the page opens without a server.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const out = process.argv[2]
const files = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(out, path.join(entry.parentPath, entry.name)))
  .sort()

const worker = path.join(out, 'sw.js')
const kept = files.filter((file) => file !== 'sw.js')
const version = createHash('sha256')
for (const file of kept) version.update(file).update(readFileSync(path.join(out, file)))
const paths = kept.map((file) => (file === 'index.html' ? '/' : `/${file}`))
writeFileSync(
  worker,
  `const VERSION = '${version.digest('hex').slice(0, 12)}'\nconst FILES = ${JSON.stringify(paths)}\n${readFileSync(worker)}`,
)

let total = 0
let sent = 0
for (const file of files) {
  const content = readFileSync(path.join(out, file))
  const small = brotliCompressSync(content)
  const gains = small.length < content.length * 0.9
  if (gains) {
    writeFileSync(path.join(out, `${file}.br`), small)
    writeFileSync(path.join(out, `${file}.gz`), gzipSync(content, { level: 9 }))
  }
  total += content.length
  sent += gains ? small.length : content.length
}
writeFileSync(path.join(out, 'files.list'), files.map((file) => `${file}\n`).join(''))
console.log(`the page: ${files.length} files, ${Math.round(total / 1024)} kB, ${Math.round(sent / 1024)} kB as sent`)
