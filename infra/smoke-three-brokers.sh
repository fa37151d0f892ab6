#!/usr/bin/env bash
# Starts an installation of three brokers, and looks at it from outside: copies of topics, and what becomes of a load while one
# broker is dead and then another. Ends with what it checked. KEEP=1 leaves it running.  infra/smoke-three-brokers.sh
set -euo pipefail
cd "$(dirname "$0")/.."

readonly FILES=docker-compose.yml:docker-compose.three-brokers.yml PERIOD=2026-10 PROVINCE=H44
readonly FIRST=H44.13,H44.159 SECOND=H44.165,H44.20
export COMPOSE_FILE=${COMPOSE_FILE:-$FILES}
. infra/smoke-checks.sh

# By the project's own files, as an operator does.
ops() { COMPOSE_FILE=$FILES docker compose run --rm -T ops "$@"; }
# What a broker says of topics: topics BROKER OPTION…, with the account of operators that it has itself.
topics() {
  local broker=$1; shift
  docker compose exec -T "$broker" bash -c '
    umask 077
    login=org.apache.kafka.common.security.scram.ScramLoginModule password=$(sed -n "s/^ops=//p" "$ACCOUNTS_FILE")
    printf "%s\n" security.protocol=SASL_PLAINTEXT sasl.mechanism=SCRAM-SHA-512 "sasl.jaas.config=$login required username=\"ops\" password=\"$password\";" >/tmp/ops.properties
    KAFKA_HEAP_OPTS=-Xmx96m exec /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$0:9092" --command-config /tmp/ops.properties --describe "$@"' "$broker" "$@"
}
load() { ops load --units "$1" >/dev/null 2>&1; }
settled() { ops settle --within 60 >/dev/null 2>&1; }
scores() { curl -fsS "http://$(address aggregator 7666)/v1/scores?parent=$PROVINCE&period=$PERIOD"; }

docker compose up --wait --wait-timeout "${WAIT:-900}" >/dev/null 2>&1 || { docker compose ps -a; failed 'docker compose up --wait'; }
passed 'every container is healthy, three brokers among them'

described=$(topics kafka | grep '^Topic:')
other=$(grep -v 'ReplicationFactor: 3.*min\.insync\.replicas=2' <<<"$described" || true)
[ -z "$other" ] || failed "topics with other copies: $other"
passed "$(wc -l <<<"$described") topics have three copies, of which two have to have a record before it counts"

is_whole() { [ -z "$(topics "$1" --under-replicated-partitions)" ]; }
until_true 120 'every copy has all records' is_whole kafka
passed 'every copy has all records'

# In the middle of a load: some of it is in the index.
has_begun() { scores 2>/dev/null | grep -q '"numerator":[1-9]'; }
load "$FIRST" & loading=$!
until_true 300 'a load has begun' has_begun
docker compose kill -s KILL kafka-3 >/dev/null 2>&1
kill -0 "$loading" 2>/dev/null || failed 'a broker dies while the load is under way'
# Broken off, it is repeated as an operator would: what is there already changes nothing.
wait "$loading" || until_true 300 'a load while a broker is dead' load "$FIRST"
until_true 300 'what was loaded while a broker is dead reaches the index' settled
! is_whole kafka || failed 'a broker is dead'
passed 'a broker was killed in the middle of a load: the load went on, and all of it reached the index'

docker compose start kafka-3 >/dev/null 2>&1
until_true 180 'every copy has all records again' is_whole kafka
passed 'it is back, and every copy has all records again'

docker compose kill -s KILL kafka >/dev/null 2>&1
until_true 300 'a load while the first broker is dead' load "$SECOND"
until_true 300 'what was loaded while the first broker is dead reaches the index' settled
docker compose start kafka >/dev/null 2>&1
until_true 180 'every copy has all records once more' is_whole kafka-2
passed 'the broker that all are told of first was killed: a load went through, and every copy has all records again'

ops compare --units "$FIRST,$SECOND" >/dev/null 2>&1 || failed 'the figures are the published ones'
passed 'the figures of all that was loaded are the published ones: nothing is missing, nothing counts twice'

[[ $(ops recompute) == *'are as their facts say'* ]] || failed 'an operator derives the figures anew'
ops topics verify >/dev/null || failed 'topics are as the manifest has them'
passed 'views and figures follow from the facts, and topics are as the manifest has them'

printf '\n%d checks passed.\n' "${#checked[@]}"
