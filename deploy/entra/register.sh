#!/usr/bin/env bash
# Registers Collection Sync in Entra ID: the application that operators sign in to, and one application for each service that calls
# Microsoft Graph. May run again: what is missing is added, and the
# permissions that the services ask for are set; all else stays as it is.
#
#   az login --tenant <tenant>          as Application Administrator and Privileged Role Administrator
#   deploy/entra/register.sh https://collection-sync.contoso.com [devices|users|all]
#
# It prints the environment of the services. Credentials are made by hand afterwards: a workload identity or a certificate.
set -euo pipefail
shopt -s inherit_errexit
url=${1:?the address of the console, such as https://collection-sync.contoso.com}
kinds=${2:-all}
url=${url%/}
case $kinds in devices | users | all) ;; *) echo "register: devices, users or all, not $kinds" >&2; exit 2 ;; esac
case $url in https://* | http://127.0.0.1:* | http://localhost:*) ;; *) echo "register: the address of the console begins with https://" >&2; exit 2 ;; esac
command -v az >/dev/null || { echo "register: needs the Azure CLI, https://aka.ms/azure-cli" >&2; exit 2; }

GRAPH=https://graph.microsoft.com/v1.0
GRAPH_APP=00000003-0000-0000-c000-000000000000 # https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
tenant=$(az account show --query tenantId --output tsv)

query() { az rest --method get --url "$GRAPH/$1" --query "$2" --output tsv; }
send() { az rest --method "$1" --url "$GRAPH/$2" --headers content-type=application/json --body "$3" ${4:+--query "$4"} --output tsv; }

# name, body: the object id of the application, which is made where there is none
application() {
  local id
  id=$(query "applications?\$filter=displayName eq '$1'&\$select=id" 'value[0].id')
  [ -n "$id" ] || id=$(send post applications "$2" id)
  echo "$id"
}

client_of() { query "applications/$1?\$select=appId" appId; }

# client id: the object id of its service principal
principal() {
  local id
  id=$(query "servicePrincipals?\$filter=appId eq '$1'&\$select=id" 'value[0].id')
  [ -n "$id" ] || id=$(send post servicePrincipals "{\"appId\":\"$1\"}" id)
  echo "$id"
}

# service, permissions…: its application, with consent to them
service() {
  local name=collection-sync-$1 graph id client principal granted role access=
  shift
  graph=$(principal "$GRAPH_APP")
  for permission in "$@"; do
    role=$(query "servicePrincipals/$graph?\$select=appRoles" "appRoles[?value=='$permission'].id | [0]")
    [ -n "$role" ] || { echo "register: Microsoft Graph has no application permission $permission here" >&2; exit 1; }
    access="$access${access:+,}{\"id\":\"$role\",\"type\":\"Role\"}"
  done
  id=$(application "$name" "{\"displayName\":\"$name\",\"signInAudience\":\"AzureADMyOrg\"}")
  send patch "applications/$id" "{\"requiredResourceAccess\":[{\"resourceAppId\":\"$GRAPH_APP\",\"resourceAccess\":[$access]}]}" >/dev/null
  client=$(client_of "$id")
  principal=$(principal "$client")
  granted=$(query "servicePrincipals/$principal/appRoleAssignments" 'value[].appRoleId')
  for role in $(grep -o '"id":"[^"]*"' <<<"$access" | cut -d'"' -f4); do
    grep -qx "$role" <<<"$granted" ||
      send post "servicePrincipals/$principal/appRoleAssignments" "{\"principalId\":\"$principal\",\"resourceId\":\"$graph\",\"appRoleId\":\"$role\"}" >/dev/null
  done
  echo "$client"
}

resolver=() writer=(GroupMember.ReadWrite.All GroupMember.Read.All Directory.Read.All) status=(GroupMember.Read.All)
if [ "$kinds" != users ]; then resolver+=(Device.Read.All) writer+=(Device.ReadWrite.All); fi
if [ "$kinds" != devices ]; then resolver+=(User.Read.All); fi

manifest=$(sed "s|https://collection-sync.example|$url|g" "$(dirname "$0")/operators.json")
operators=$(application 'Collection Sync' "$manifest")
operators=$(client_of "$operators")
principal "$operators" >/dev/null
resolver_client=$(service resolver "${resolver[@]}")
writer_client=$(service writer "${writer[@]}")
status_client=$(service status "${status[@]}")

cat <<ENVIRONMENT
# status
API_AUTH=oidc
OIDC_ISSUER=https://login.microsoftonline.com/$tenant/v2.0
OIDC_AUDIENCE=$operators
OIDC_CLIENT_ID=$operators
# resolver, writer and status, each with a client id of its own
AZURE_TENANT_ID=$tenant
AZURE_CLIENT_ID=$resolver_client  # resolver
AZURE_CLIENT_ID=$writer_client  # writer
AZURE_CLIENT_ID=$status_client  # status
ENVIRONMENT
echo "register: now assign people to Reader, Operator or Admin: Entra admin center → Enterprise applications → Collection Sync → Users and groups" >&2
