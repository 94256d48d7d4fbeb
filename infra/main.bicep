targetScope = 'subscription'

@minLength(1)
@maxLength(48)
@description('Name of the environment; azd asks for it. It tags and names everything.')
param environmentName string

@minLength(1)
@description('Region of everything. It must offer Flex Consumption and availability zones.')
param location string

@description('A second region for the data, for read and failover. It makes the account strongly consistent, because with session consistency an unplanned failover loses acknowledged commits; empty for one region.')
param secondaryLocation string = ''

@description('Whether replicas are spread over the availability zones of each region.')
param zoneRedundant bool = true

@minValue(1000)
@description('Request units a second that the containers share at most (autoscale).')
param maxThroughput int = 4000

@minValue(0)
@description('Instances of every change-feed function that are always running. With 0 a subscription may sleep until the platform wakes it.')
param alwaysReadyInstances int = 1

@description('Whether an administrator may remove everything that a tenant has. For test environments: every request then looks the tenant\'s generation up.')
param enableTenantClear bool = false

@description('What tokens must be made for: the client id of the API\'s app registration, which must ask for tokens of version 2. Empty refuses every call.')
param apiAudience string = ''

@description('Who is told about alerts, by e-mail; empty for nobody.')
param alertEmail string = ''

@description('Object id of a person or group that may read the data with the portal or a tool; empty for nobody.')
param readerPrincipalId string = ''

var tags = { 'azd-env-name': environmentName }
var token = uniqueString(subscription().id, environmentName, location)

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identities 'modules/identities.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token, enableTenantClear: enableTenantClear }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token, appPrincipalId: identities.outputs.appPrincipalId }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    appPrincipalId: identities.outputs.appPrincipalId
    zoneRedundant: zoneRedundant
  }
}

module cosmos 'modules/cosmos.bicep' = {
  scope: group
  params: {
    location: location
    secondaryLocation: secondaryLocation
    zoneRedundant: zoneRedundant
    maxThroughput: maxThroughput
    tags: tags
    token: token
    appPrincipalId: identities.outputs.appPrincipalId
    redactorPrincipalId: identities.outputs.redactorPrincipalId
    enableTenantClear: enableTenantClear
    eraserPrincipalId: identities.outputs.eraserPrincipalId
    readerPrincipalId: readerPrincipalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module functions 'modules/functions.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    appIdentityId: identities.outputs.appIdentityId
    appClientId: identities.outputs.appClientId
    redactorIdentityId: identities.outputs.redactorIdentityId
    redactorClientId: identities.outputs.redactorClientId
    enableTenantClear: enableTenantClear
    eraserIdentityId: identities.outputs.eraserIdentityId
    eraserClientId: identities.outputs.eraserClientId
    cosmosEndpoint: cosmos.outputs.endpoint
    apiAudience: apiAudience
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    storageAccountName: storage.outputs.accountName
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    alwaysReadyInstances: alwaysReadyInstances
    zoneRedundant: zoneRedundant
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    alertEmail: alertEmail
    applicationInsightsId: monitoring.outputs.applicationInsightsId
    cosmosAccountId: cosmos.outputs.accountId
  }
}

@description('Where the API is.')
output API_BASE_URL string = '${functions.outputs.url}/api/v1'

@description('The account, for tools.')
output COSMOS_ENDPOINT string = cosmos.outputs.endpoint
