@{
    RootModule           = 'CollectionSync.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '4c1d9a3e-6a52-4f0b-9d0e-2b7f5f4f3b61'
    Description          = 'Keeps Microsoft Entra groups equal to Configuration Manager collections. Untried: it was written without a PowerShell to run it.'
    Copyright            = 'MIT'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FunctionsToExport    = @('Connect-CollectionSync', 'Get-CollectionCloudSync', 'Set-CollectionCloudSync')
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
}
