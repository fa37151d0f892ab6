# What smoke.sh and smoke-three-brokers.sh have in common: read by them, no command of its own.
checked=()
passed() { checked+=("$1"); printf '✓ %s\n' "$1"; }
failed() { printf '✗ %s\n' "$1" >&2; exit 1; }
# Repeats a command until it succeeds: until_true SECONDS WHAT COMMAND…
until_true() {
  local end=$((SECONDS + $1)) what=$2; shift 2
  until "$@"; do ((SECONDS < end)) || failed "not within its time: $what"; sleep 1; done
}
end() {
  local code=$?
  [ -n "${KEEP:-}" ] || docker compose down -v --remove-orphans >/dev/null 2>&1 || code=1
  exit "$code"
}
trap end EXIT

# A port as Compose publishes it, so that settings of .env count.
address() { docker compose port "$1" "$2"; }
