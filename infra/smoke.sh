#!/usr/bin/env bash
# Starts the whole installation with the sample, and looks at it from outside: index, dashboards' data, a service that dies.
# Ends with what it checked. KEEP=1 leaves it running.  infra/smoke.sh
set -euo pipefail
cd "$(dirname "$0")/.."

readonly PERIOD=2026-10 PROVINCE=H44
export COMPOSE_PROFILES=sample
. infra/smoke-checks.sh
services='catalog:7661 dossiers:7662 payments:7663 digitization:7664 feedback:7665 aggregator:7666'

docker compose up --wait --wait-timeout "${WAIT:-900}" >/dev/null 2>&1 || { docker compose ps -a; failed 'docker compose up --wait'; }
# COMPOSE_FILE may name one that was made without the profile.
if ! docker compose config --services | grep -qx sample; then
  (unset COMPOSE_FILE; docker compose up --wait --wait-timeout "${WAIT:-900}" --no-build --no-recreate --no-deps sample) >/dev/null 2>&1 || failed 'the sample is loaded'
fi
passed 'every container is healthy, the sample is loaded'

for each in $services; do
  id=$(docker compose ps -q "${each%:*}")
  [ "$(docker inspect -f '{{.Config.User}} {{.HostConfig.ReadonlyRootfs}}' "$id")" = 'node true' ] || failed "${each%:*} runs as it should"
done
passed 'services run as the user node on a root file system that nobody can write'

scores() { curl -fsS "http://$(address aggregator 7666)/v1/scores?parent=$PROVINCE&period=$PERIOD"; }
scores | grep -q '"numerator":[1-9]' || failed 'the index of the sample over HTTP'
before=$(scores | sha256sum)
passed "the index of $PROVINCE in $PERIOD over HTTP"

all_scraped() {
  local up
  up=$(curl -fsS "http://$(address prometheus 9090)/api/v1/query" --data-urlencode 'query=count(up == 1)')
  [[ $up == *'"value":'*'"6"'* ]]
}
until_true 90 'Prometheus reads every service' all_scraped
passed 'Prometheus reads all six services'

# Every expression of every dashboard is asked as Grafana would ask it for all values of its variables. Of those that tell of
# live pushes or of trouble, and of these alone, Prometheus has nothing after a load of the sample.
answer_of() { curl -sS "http://$(address prometheus 9090)/api/v1/query" --data-urlencode "query=$1"; }
is_taken() { [[ $(answer_of "$1") == '{"status":"success"'* ]]; }
# NaN and infinities are what Prometheus has for a panel without data, too.
has_data() { [[ $(answer_of "$1") =~ ^\{\"status\":\"success\".*\"value\":\[[0-9.]+,\"-?[0-9] ]]; }
asked=0 with_data=0
while IFS=$'\t' read -r kind expression; do
  if [ "$kind" = data ]; then
    until_true 120 "data of a panel: $expression" has_data "$expression"
    with_data=$((with_data + 1))
  else
    is_taken "$expression" || failed "the expression of a panel: $expression"
  fi
  asked=$((asked + 1))
done < <(node infra/grafana/queries.mjs --plain)
((with_data > 0 && with_data < asked)) || failed 'dashboards have expressions'
passed "$asked expressions of dashboards are answered by Prometheus, $with_data of them have to have data and have"

curl -fsS "http://$(address grafana 3000)/api/health" | grep -q '"database": *"ok"' || failed 'Grafana'
curl -fsS "http://$(address alertmanager 9093)/-/ready" >/dev/null || failed 'Alertmanager'
passed 'Grafana and Alertmanager answer'

# From inside: a kill by the engine would count as a stop that somebody asked for.
restarts() { docker inspect -f '{{.RestartCount}}' "$(docker compose ps -q aggregator)"; }
docker compose exec -T aggregator node -e 'for (const pid of require("fs").readdirSync("/proc").filter((n) => /^\d+$/.test(n) && n !== "1" && Number(n) !== process.pid)) { try { process.kill(Number(pid), "SIGKILL"); } catch {} }' || true
is_back() { (($(restarts) > 0)) && curl -fsS "http://$(address aggregator 7666)/health/ready" >/dev/null 2>&1; }
until_true 120 'the aggregator is back' is_back
is_same() { [ "$(scores 2>/dev/null | sha256sum)" = "$before" ]; }
until_true 60 'the same index' is_same
passed 'the aggregator was killed from inside, came back by itself and shows the same index'

ops() { docker compose exec -T sample node /app/infra/docker/enter.mjs ops "$@"; }
ops topics verify >/dev/null || failed 'operator commands in the image'
passed 'operator commands work in the image: topics are as the manifest has them'

# What has to be well here. Other things doctor may rightly complain of: how slow a small machine was under the load, and that a
# month of long ago was neither reported nor closed.
doctor_is_content() {
  local told each
  told=$(ops doctor 2>/dev/null) || true
  for each in $services; do grep -qF "✓ ${each%:*} http://$each" <<<"$told" || return 1; done
  for each in Kafka 'topics as the manifest has them' 'groups keep up' 'nothing is set aside' 'watermarks of producers'; do
    grep -q "^✓ .*$each\$" <<<"$told" || return 1
  done
  ! grep -qE '^✗ .*(facts are complete|units are in the catalog)$' <<<"$told"
}
until_true 120 'doctor finds services, broker, topics and figures well' doctor_is_content
passed 'doctor finds services, broker, topics and figures well'

# Watermarks come all the time, so that some are always unread.
nobody_is_behind() {
  ops lag 2>/dev/null | awk '/Set aside/ { wrong = 1 } NF == 4 && $2 ~ /^[0-9]+$/ { seen[$1] = 1; if ($4 > 1000) wrong = 1 }
    END { exit wrong || !(seen["payments.intake"] && seen["digitization.intake"] && seen["aggregator.ledger"]) }'
}
until_true 120 'no group is behind' nobody_is_behind
passed 'no group of consumers is behind, and nothing is set aside'

# By the project's own file, as an operator does: another one may have been made of the profiles that are started.
recompute() { (unset COMPOSE_FILE COMPOSE_PROFILES; docker compose run --rm ops recompute); }
[[ $(recompute) == *'are as their facts say'* ]] || failed 'an operator derives the figures anew'
passed 'an operator derives views and figures anew from the facts: they are the same'

stop_began=$SECONDS
docker compose stop $(printf '%s ' $services | sed 's/:[0-9]*//g') >/dev/null 2>&1
for each in $services; do
  code=$(docker inspect -f '{{.State.ExitCode}}' "$(docker compose ps -aq "${each%:*}")")
  [ "$code" = 0 ] || failed "${each%:*} ended with $code at its stop, not in order"
done
passed "services stopped by themselves within $((SECONDS - stop_began)) s"

printf '\n%d checks passed.\n' "${#checked[@]}"
