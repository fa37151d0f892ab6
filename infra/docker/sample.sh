#!/bin/sh
# Loads the sample month and waits until all of it is in the index; then stays, so that the container can be healthy.
set -e
ops() { node --enable-source-maps /app/infra/docker/enter.mjs ops "$@"; }
ops load
ops settle --within 600
touch /tmp/loaded
exec sleep infinity
