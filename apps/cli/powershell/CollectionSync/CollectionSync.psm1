# Collection Sync for PowerShell: thin functions over its REST API, named after Configuration Manager's own cmdlet.
# https://learn.microsoft.com/powershell/module/configurationmanager/set-cmcollectioncloudsync
Set-StrictMode -Version Latest

$script:Connection = $null

function Connect-CollectionSync {
    <#
    .SYNOPSIS
    Says which installation the other functions work with, for this session.
    .EXAMPLE
    Connect-CollectionSync -Uri https://status.contoso.com -Token (Read-Host -AsSecureString)
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [uri] $Uri,
        [Parameter(Mandatory)] [securestring] $Token
    )
    $script:Connection = @{
        Root  = $Uri.AbsoluteUri.TrimEnd('/') + '/api/v1'
        Token = [System.Net.NetworkCredential]::new('', $Token).Password
    }
}

function Invoke-Api {
    param(
        [Parameter(Mandatory)] [string] $Method,
        [Parameter(Mandatory)] [string] $Path,
        [hashtable] $Values = @{},
        [hashtable] $Query = @{},
        [hashtable] $Body
    )
    if ($null -eq $script:Connection) {
        throw 'You are not connected. Connect-CollectionSync -Uri ADDRESS -Token TOKEN'
    }
    foreach ($name in $Values.Keys) { $Path = $Path.Replace("{$name}", [uri]::EscapeDataString($Values[$name])) }
    $pairs = foreach ($name in $Query.Keys) {
        if ($null -ne $Query[$name]) { "$name=$([uri]::EscapeDataString([string]$Query[$name]))" }
    }
    $request = @{
        Method  = $Method
        Uri     = $script:Connection.Root + $Path + $(if ($pairs) { '?' + ($pairs -join '&') })
        Headers = @{ Authorization = "Bearer $($script:Connection.Token)" }
    }
    if ($Body) {
        $request.ContentType = 'application/json; charset=utf-8'
        $request.Body = [System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $Body -Depth 10))
    }
    try { Invoke-RestMethod @request }
    catch {
        # a problem document says what happened and what to do
        $problem = try { ConvertFrom-Json $_.ErrorDetails.Message } catch { $null }
        if ($null -eq $problem) { throw }
        throw (@($problem.PSObject.Properties['detail'], $problem.PSObject.Properties['advice']).Value -join ' ')
    }
}

# Every item of a listing, page by page.
function Get-Everything {
    param([string] $Path, [hashtable] $Values = @{}, [hashtable] $Query)
    do {
        $page = Invoke-Api GET $Path -Values $Values -Query $Query
        $page.items
        $Query['cursor'] = $page.next
    } while ($page.next)
}

function Resolve-Tenant {
    param([string] $TenantId)
    if ($TenantId) { return $TenantId }
    $tenants = @((Invoke-Api GET '/tenants').items | Where-Object { $tenant = $_; $tenant.configured })
    if ($tenants.Count -ne 1) { throw 'Not exactly one tenant is configured. Name one with -TenantId.' }
    $tenant = $tenants[0]
    $tenant.tenantId
}

# A collection by id or by its whole name, never a guess.
function Resolve-Collection {
    param([string] $CollectionId, [string] $CollectionName)
    $given = if ($CollectionId) { $CollectionId } else { $CollectionName }
    $found = Get-Everything '/collections' -Query @{ search = $given; limit = 500 } | Where-Object {
        $row = $_
        if ($CollectionId) { $row.collectionId -eq $CollectionId } else { $row.collectionName -eq $CollectionName }
    }
    $ids = @($found | ForEach-Object { $row = $_; $row.collectionId } | Select-Object -Unique)
    if ($ids.Count -eq 0) { throw "The collection $given was not found." }
    if ($ids.Count -gt 1) { throw "The name $given fits several collections: $($ids -join ', '). Give -CollectionId." }
    $ids[0]
}

function Resolve-Group {
    param([string] $Tenant, [string] $Name)
    $found = @(
        Get-Everything '/tenants/{tenant}/groups' -Values @{ tenant = $Tenant } -Query @{ startsWith = $Name; limit = 100 } |
            Where-Object { $group = $_; $group.groupName -eq $Name -or $group.groupId -eq $Name }
    )
    if ($found.Count -eq 0) { throw "The group $Name was not found." }
    if ($found.Count -gt 1) { throw "The name $Name fits several groups. Give the id." }
    $group = $found[0]
    $group.groupId
}

function Get-CollectionCloudSync {
    <#
    .SYNOPSIS
    Collections with the Microsoft Entra groups that they are synchronised to, and the status of each.
    .EXAMPLE
    Get-CollectionCloudSync -CollectionName 'Finance PCs'
    .EXAMPLE
    Get-CollectionCloudSync | Where-Object Status -eq 'Failed'
    #>
    [CmdletBinding(DefaultParameterSetName = 'All')]
    param(
        [Parameter(ParameterSetName = 'ById', Mandatory, ValueFromPipelineByPropertyName)] [string] $CollectionId,
        [Parameter(ParameterSetName = 'ByName', Mandatory)] [string] $CollectionName,
        [string] $TenantId
    )
    process {
        $query = @{ mapped = 'true'; limit = 500 }
        if ($PSCmdlet.ParameterSetName -ne 'All') {
            $query['collectionId'] = Resolve-Collection -CollectionId $CollectionId -CollectionName $CollectionName
        }
        if ($TenantId) { $query['tenantId'] = $TenantId }
        Get-Everything '/collections' -Query $query | ForEach-Object {
            $row = $_
            [pscustomobject]@{
                PSTypeName     = 'CollectionSync.CollectionCloudSync'
                CollectionId   = $row.collectionId
                CollectionName = $row.collectionName
                TenantId       = $row.tenantId
                GroupId        = $row.groupId
                GroupName      = $row.groupName
                Status         = $row.cloudSyncStatus
                MemberCount    = $row.memberCount
                SyncCompleted  = $row.syncCompleted
                SyncInProgress = $row.syncInProgress
                SyncWaiting    = $row.syncWaiting
                SyncFailed     = $row.syncFailed
                SyncHeld       = $row.syncHeld
                LastSyncTime   = $row.lastSyncTime
            }
        }
    }
}

function Set-CollectionCloudSync {
    <#
    .SYNOPSIS
    Synchronises a collection to Microsoft Entra groups, or stops doing so.
    .DESCRIPTION
    -WhatIf has the service check everything and take it back. Members of a group that is removed stay in it, unless
    -RemoveMembers takes them out, under the removal guard.
    .EXAMPLE
    Set-CollectionCloudSync -CollectionName 'Finance PCs' -AddGroupName 'MEM-Finance' -WhatIf
    .EXAMPLE
    Get-CollectionCloudSync -CollectionId ABC00014 | Set-CollectionCloudSync -RemoveGroupName 'MEM-Old' -Confirm:$false
    #>
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High', DefaultParameterSetName = 'ById')]
    param(
        [Parameter(ParameterSetName = 'ById', Mandatory, ValueFromPipelineByPropertyName)] [string] $CollectionId,
        [Parameter(ParameterSetName = 'ByName', Mandatory)] [string] $CollectionName,
        [Parameter(ValueFromPipelineByPropertyName)] [string] $TenantId,
        [string[]] $AddGroupName = @(),
        [string[]] $RemoveGroupName = @(),
        [switch] $RemoveMembers
    )
    process {
        $tenant = Resolve-Tenant $TenantId
        $collection = Resolve-Collection -CollectionId $CollectionId -CollectionName $CollectionName
        # every name is understood before anything is changed
        $add = @($AddGroupName | ForEach-Object { @{ Name = $_; Id = Resolve-Group $tenant $_ } })
        $remove = @($RemoveGroupName | ForEach-Object { @{ Name = $_; Id = Resolve-Group $tenant $_ } })
        foreach ($one in $add) {
            $acts = $PSCmdlet.ShouldProcess("$collection to $($one.Name)", 'Synchronise')
            if (-not $acts -and -not $WhatIfPreference) { continue }
            Invoke-Api POST '/mappings' -Query @{ dryRun = "$(-not $acts)".ToLower() } -Body @{
                tenantId     = $tenant
                groupId      = $one.Id
                collectionId = $collection
            } | ConvertTo-Mapping
        }
        foreach ($one in $remove) {
            $values = @{ tenant = $tenant; group = $one.Id }
            $mapping = Invoke-Api GET '/mappings/{tenant}/{group}' -Values $values
            if ($mapping.collectionId -ne $collection) {
                throw "$($one.Name) is synchronised with $($mapping.collectionId), not with $collection."
            }
            $acts = $PSCmdlet.ShouldProcess("$collection to $($one.Name)", 'Stop synchronising')
            if (-not $acts -and -not $WhatIfPreference) { continue }
            $members = if ($RemoveMembers) { 'remove' } else { 'leave' }
            $query = @{ members = $members; dryRun = "$(-not $acts)".ToLower() }
            Invoke-Api DELETE '/mappings/{tenant}/{group}' -Values $values -Query $query | ConvertTo-Mapping
        }
    }
}

filter ConvertTo-Mapping {
    $mapping = $_
    [pscustomobject]@{
        PSTypeName     = 'CollectionSync.Mapping'
        CollectionId   = $mapping.collectionId
        CollectionName = $mapping.collectionName
        TenantId       = $mapping.tenantId
        GroupId        = $mapping.groupId
        GroupName      = $mapping.groupName
        State          = $mapping.state
    }
}

Export-ModuleMember -Function Connect-CollectionSync, Get-CollectionCloudSync, Set-CollectionCloudSync
