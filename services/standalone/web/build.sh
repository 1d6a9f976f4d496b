#!/bin/sh
# Builds the page into the folder that is named, if anything has changed since. Without Node the rest of Hearth is built
# all the same, and serves a page that says what is missing.
set -eu
cd "$(dirname "$0")"
out=$1
built=$out/../web.built

leave_out() {
  echo "The page at / is left out: $1"
  rm -rf "$out" "$built"
  mkdir -p "$out"
  exit 0
}

[ "${HEARTH_WEB:-}" != none ] || leave_out "HEARTH_WEB is none."
needs="it needs Node 20.19 or newer and npm."
command -v node >/dev/null && command -v npm >/dev/null || leave_out "$needs"
node -e '[a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' ||
  leave_out "$needs Here is $(node --version)."

state=$(find . -type f -not -path './node_modules/*' -not -name '*.md' | LC_ALL=C sort | xargs cksum | cksum)
if [ -f "$out/files.list" ] && [ -f "$built" ] && [ "$(cat "$built")" = "$state" ]; then
  exit 0
fi

packages=$(cksum <package-lock.json)
if [ ! -f node_modules/.complete ] || [ "$(cat node_modules/.complete)" != "$packages" ]; then
  npm ci --ignore-scripts --no-audit --no-fund || {
    echo "npm could not install the page's packages. HEARTH_WEB=none builds Hearth without the page."
    exit 1
  }
  echo "$packages" >node_modules/.complete
fi

rm -rf "$out" "$out/../classes/web" "$built"
npm run --silent build -- --outDir "$out"
node pack.js "$out"
echo "$state" >"$built"
