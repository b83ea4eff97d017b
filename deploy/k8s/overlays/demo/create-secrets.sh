#!/bin/sh
# The Secrets of the demo: one password for everything inside, and the token that people sign in with. What is there is kept.
set -eu
namespace=collection-sync-demo
random() { head -c "$1" /dev/urandom | od -An -tx1 | tr -d ' \n'; }
# kept SECRET KEY BYTES: the value that is there, or a new one
kept() {
  value=$(kubectl -n $namespace get secret "$1" --ignore-not-found -o "jsonpath={.data.$2}" | base64 -d)
  if [ -n "$value" ]; then printf %s "$value"; else random "$3"; fi
}
secret() {
  name=$1
  shift
  kubectl -n $namespace create secret generic "$name" "$@" --dry-run=client -o yaml | kubectl apply -f -
}
kubectl create namespace $namespace --dry-run=client -o yaml | kubectl apply -f -
password=$(kept collection-sync-postgres password 24)
token=$(kept collection-sync-token token 32)
url="postgres://collsync:$password@postgres:5432/collsync"
for service in capture resolver writer; do
  secret collection-sync-$service --from-literal=database-url="$url" --from-literal=redis-url=redis://redis:6379
done
for service in status migrate topics; do secret collection-sync-$service --from-literal=database-url="$url"; done
secret collection-sync-postgres --from-literal=password="$password"
secret collection-sync-token --from-literal=token="$token"
echo "token: $token"
