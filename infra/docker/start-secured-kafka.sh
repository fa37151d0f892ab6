#!/bin/bash
# How a Kafka container of apache/kafka starts here: nobody gets in without an account (SASL/SCRAM-SHA-512), nobody does what
# no access rule allows. Accounts are lines NAME=PASSWORD, in the file that ACCOUNTS_FILE names or in ACCOUNTS; `broker` is its
# own towards itself, `ops` may do everything. They are put into the data folder when it is made: SCRAM knows no other way to
# have a first one. The rest is settings of the image (KAFKA_*), which this script completes and hands on.
set -euo pipefail

accounts=${ACCOUNTS:-}
[ -n "$accounts" ] || accounts=$(cat "$ACCOUNTS_FILE")
unset ACCOUNTS
broker=$(sed -n 's/^broker=//p' <<<"$accounts")
login() { printf 'org.apache.kafka.common.security.%s required username="broker" password="%s"%s;' "$1" "$broker" "${2:-}"; }

export KAFKA_SASL_ENABLED_MECHANISMS=SCRAM-SHA-512
export KAFKA_SASL_MECHANISM_INTER_BROKER_PROTOCOL=SCRAM-SHA-512
export KAFKA_SASL_MECHANISM_CONTROLLER_PROTOCOL=PLAIN
export KAFKA_LISTENER_NAME_CONTROLLER_SASL_ENABLED_MECHANISMS=PLAIN
export KAFKA_AUTHORIZER_CLASS_NAME=org.apache.kafka.metadata.authorizer.StandardAuthorizer
export KAFKA_SUPER_USERS='User:broker;User:ops'
export KAFKA_ALLOW_EVERYONE_IF_NO_ACL_FOUND=false
# The quorum of controllers has the credentials in its own records, so it cannot be reached by them.
controller=$(login plain.PlainLoginModule " user_broker=\"$broker\"")
export KAFKA_LISTENER_NAME_CONTROLLER_PLAIN_SASL_JAAS_CONFIG=$controller
for listener in $(tr ',' '\n' <<<"$KAFKA_LISTENERS" | sed -n 's/^\([A-Z]*\):.*/\1/p'); do
  [ "$listener" = CONTROLLER ] || export "KAFKA_LISTENER_NAME_${listener}_SCRAM___SHA___512_SASL_JAAS_CONFIG=$(login scram.ScramLoginModule)"
done

if [ ! -f "$KAFKA_LOG_DIRS/meta.properties" ]; then
  settings=/tmp/format.properties
  cat >"$settings" <<EOF
process.roles=$KAFKA_PROCESS_ROLES
node.id=$KAFKA_NODE_ID
controller.quorum.voters=$KAFKA_CONTROLLER_QUORUM_VOTERS
controller.listener.names=$KAFKA_CONTROLLER_LISTENER_NAMES
inter.broker.listener.name=$KAFKA_INTER_BROKER_LISTENER_NAME
listeners=$KAFKA_LISTENERS
advertised.listeners=$KAFKA_ADVERTISED_LISTENERS
listener.security.protocol.map=$KAFKA_LISTENER_SECURITY_PROTOCOL_MAP
log.dirs=$KAFKA_LOG_DIRS
EOF
  scram=()
  while IFS='=' read -r name password; do
    [ -z "$name" ] || scram+=(--add-scram "SCRAM-SHA-512=[name=$name,iterations=4096,password=$password]")
  done <<<"$accounts"
  /opt/kafka/bin/kafka-storage.sh format -t "$CLUSTER_ID" -c "$settings" "${scram[@]}"
fi
exec /etc/kafka/docker/run
