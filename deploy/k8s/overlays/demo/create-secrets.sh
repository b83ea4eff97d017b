#!/bin/sh
# The Secrets of the demo: one password for everything inside, and the token that people sign in with.
set -eu
namespace=collection-sync-demo
password=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
token=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')
url="postgres://collsync:$password@postgres:5432/collsync"
kubectl create namespace $namespace --dry-run=client -o yaml | kubectl apply -f -
for service in capture resolver writer status migrate; do
  kubectl -n $namespace create secret generic collection-sync-$service --from-literal=database-url="$url" \
    --from-literal=redis-url=redis://redis:6379
done
kubectl -n $namespace create secret generic collection-sync-postgres --from-literal=password="$password"
kubectl -n $namespace create secret generic collection-sync-token --from-literal=token="$token"
echo "token: $token"
