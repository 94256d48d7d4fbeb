@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Makes names unique.')
param token string

@description('The identity that the app runs as, and its client id.')
param appIdentityId string
param appClientId string

@description('The identity that redacts, and its client id.')
param redactorIdentityId string
param redactorClientId string

@description('Whether tenants may be cleared, and the identity that does it.')
param enableTenantClear bool
param eraserIdentityId string
param eraserClientId string

@description('The Cosmos DB account.')
param cosmosEndpoint string

@description('What tokens must be made for: the client id of the API\'s app registration, which must ask for tokens of version 2. Empty refuses every call.')
param apiAudience string

@description('Where telemetry goes. It names no secret: publishing needs the identity.')
param applicationInsightsConnectionString string

@description('The storage account of the Functions host.')
param storageAccountName string

@description('The blob container that the app is deployed from.')
param deploymentContainerUrl string

@description('Instances of every change-feed function that are always running.')
param alwaysReadyInstances int

@description('Whether instances are spread over availability zones.')
param zoneRedundant bool

@description('Each change-feed function scales by itself and so is kept ready by itself; their names are those of the function classes, and a test compares them.')
var changeFeedFunctions = loadJsonContent('../change-feed-functions.json')

var clearing = enableTenantClear
  ? {
      TenantClear__enabled: 'true'
      TenantClear__managedIdentityClientId: eraserClientId
    }
  : {}

var authentication = empty(apiAudience)
  ? {}
  : {
      Authentication__Authority: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
      Authentication__Audiences__0: apiAudience
    }

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-qanexus-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-qanexus-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: union(
      {
        '${appIdentityId}': {}
        '${redactorIdentityId}': {}
      },
      enableTenantClear ? { '${eraserIdentityId}': {} } : {}
    )
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: { minTlsVersion: '1.2', http20Enabled: true }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: appIdentityId
          }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: 100
        // A client that follows the feed holds a request for minutes, and costs little but that.
        triggers: { http: { perInstanceConcurrency: 100 } }
        alwaysReady: [
          for name in changeFeedFunctions: {
            name: 'function:${name}'
            instanceCount: alwaysReadyInstances
          }
        ]
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(authentication, clearing, {
      AzureWebJobsStorage__accountName: storageAccountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: appClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${appClientId};Authorization=AAD'
      AZURE_CLIENT_ID: appClientId
      Cosmos__accountEndpoint: cosmosEndpoint
      Cosmos__credential: 'managedidentity'
      Cosmos__clientId: appClientId
      Redaction__managedIdentityClientId: redactorClientId

      // Bytes: a test report may be larger than the 100 MB that the host takes by itself.
      FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '134217728'
    })
  }
}

// The site takes one change at a time and answers another meanwhile with 409: settings, then these two.
resource noDeploymentByPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
  dependsOn: [app::settings]
}

resource noFtp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
  dependsOn: [noDeploymentByPassword]
}

output url string = 'https://${app.properties.defaultHostName}'
