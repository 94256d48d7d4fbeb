@description('Region.')
param location string

@description('A second region, or empty. Never a second region for writes: versions of a stream are unique only where one region decides.')
param secondaryLocation string

@description('Whether replicas are spread over availability zones.')
param zoneRedundant bool

@description('Request units a second that the containers share at most.')
param maxThroughput int

@description('Tags of every resource.')
param tags object

@description('Makes names unique.')
param token string

@description('What the function app runs as.')
param appPrincipalId string

@description('What redacts events.')
param redactorPrincipalId string

@description('Whether tenants may be cleared, and what clears them.')
param enableTenantClear bool
param eraserPrincipalId string

@description('Who may read the data with a tool, or empty.')
param readerPrincipalId string

@description('Where diagnostic logs go.')
param workspaceId string

@description('The containers as the code declares them; a test compares the two.')
var containers = loadJsonContent('../containers.json')

var databaseName = 'qanexus'
var regions = empty(secondaryLocation) ? [location] : [location, secondaryLocation]
var actions = 'Microsoft.DocumentDB/databaseAccounts'
var items = '${actions}/sqlDatabases/containers/items'

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: 'cosmos-qanexus-${token}'
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    enableMultipleWriteLocations: false
    enableAutomaticFailover: !empty(secondaryLocation)
    consistencyPolicy: { defaultConsistencyLevel: empty(secondaryLocation) ? 'Session' : 'Strong' }
    locations: [
      for (region, index) in regions: {
        locationName: region
        failoverPriority: index
        isZoneRedundant: zoneRedundant
      }
    ]
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: { tier: 'Continuous30Days' }
    }
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2024-11-15' = {
  parent: account
  name: databaseName
  properties: {
    resource: { id: databaseName }
    options: { autoscaleSettings: { maxThroughput: maxThroughput } }
  }
}

resource container 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-11-15' = [
  for declared in containers: {
    parent: database
    name: declared.id
    properties: { resource: declared }
  }
]

@description('What every identity needs to find its way: names, partitions, index policies.')
resource metadataReader 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2024-11-15' = {
  parent: account
  name: guid(account.id, 'metadata-reader')
  properties: {
    roleName: 'QANexus metadata reader'
    type: 'CustomRole'
    assignableScopes: [account.id]
    permissions: [{ dataActions: ['${actions}/readMetadata'] }]
  }
}

@description('Events are created and read. Nobody who holds only this can replace or delete one.')
resource eventAppender 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2024-11-15' = {
  parent: account
  name: guid(account.id, 'event-appender')
  properties: {
    roleName: 'QANexus event appender'
    type: 'CustomRole'
    assignableScopes: [account.id]
    permissions: [
      {
        dataActions: [
          '${actions}/readMetadata'
          '${items}/create'
          '${items}/read'
          '${actions}/sqlDatabases/containers/executeQuery'
          '${actions}/sqlDatabases/containers/readChangeFeed'
        ]
      }
    ]
  }
}

@description('Replaces the data of an event by the mark of its redaction.')
resource eventRedactor 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2024-11-15' = {
  parent: account
  name: guid(account.id, 'event-redactor')
  properties: {
    roleName: 'QANexus event redactor'
    type: 'CustomRole'
    assignableScopes: [account.id]
    permissions: [
      {
        dataActions: [
          '${actions}/readMetadata'
          '${items}/read'
          '${items}/replace'
        ]
      }
    ]
  }
}

@description('Finds and deletes what a cleared tenant left behind.')
resource itemEraser 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2024-11-15' = if (enableTenantClear) {
  parent: account
  name: guid(account.id, 'item-eraser')
  properties: {
    roleName: 'QANexus item eraser'
    type: 'CustomRole'
    assignableScopes: [account.id]
    permissions: [
      {
        dataActions: [
          '${actions}/readMetadata'
          '${items}/read'
          '${items}/delete'
          '${actions}/sqlDatabases/containers/executeQuery'
        ]
      }
    ]
  }
}

@description('Full use of the items of a container: checkpoints, views, snapshots, leases.')
resource itemWriter 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2024-11-15' = {
  parent: account
  name: guid(account.id, 'item-writer')
  properties: {
    roleName: 'QANexus item writer'
    type: 'CustomRole'
    assignableScopes: [account.id]
    permissions: [
      {
        dataActions: [
          '${actions}/readMetadata'
          '${items}/*'
          '${actions}/sqlDatabases/containers/executeQuery'
          '${actions}/sqlDatabases/containers/readChangeFeed'
        ]
      }
    ]
  }
}

resource appReadsMetadata 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = {
  parent: account
  name: guid(account.id, appPrincipalId, 'metadata-reader')
  properties: {
    principalId: appPrincipalId
    roleDefinitionId: metadataReader.id
    scope: account.id
  }
}

resource appUsesContainers 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = [
  for declared in containers: {
    parent: account
    name: guid(account.id, appPrincipalId, declared.id)
    properties: {
      principalId: appPrincipalId
      roleDefinitionId: declared.id == 'events' ? eventAppender.id : itemWriter.id
      scope: '${account.id}/dbs/${databaseName}/colls/${declared.id}'
    }
    dependsOn: [container]
  }
]

resource redactorReadsMetadata 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = {
  parent: account
  name: guid(account.id, redactorPrincipalId, 'metadata-reader')
  properties: {
    principalId: redactorPrincipalId
    roleDefinitionId: metadataReader.id
    scope: account.id
  }
}

resource redactorUsesEvents 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = {
  parent: account
  name: guid(account.id, redactorPrincipalId, 'events')
  properties: {
    principalId: redactorPrincipalId
    roleDefinitionId: eventRedactor.id
    scope: '${account.id}/dbs/${databaseName}/colls/events'
  }
  dependsOn: [container]
}

resource eraserReadsMetadata 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = if (enableTenantClear) {
  parent: account
  name: guid(account.id, eraserPrincipalId, 'metadata-reader')
  properties: {
    principalId: eraserPrincipalId
    roleDefinitionId: metadataReader.id
    scope: account.id
  }
}

@description('Raising a tenant\'s generation is a write to the subscriptions.')
resource eraserUsesContainers 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = [
  for declared in filter(containers, declared => declared.id != 'leases'): if (enableTenantClear) {
    parent: account
    name: guid(account.id, eraserPrincipalId, declared.id)
    properties: {
      principalId: eraserPrincipalId
      roleDefinitionId: declared.id == 'subscriptions' ? itemWriter.id : itemEraser.id
      scope: '${account.id}/dbs/${databaseName}/colls/${declared.id}'
    }
    dependsOn: [container]
  }
]

@description('Cosmos DB Built-in Data Reader.')
resource builtInReader 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2024-11-15' existing = {
  parent: account
  name: '00000000-0000-0000-0000-000000000001'
}

resource personReads 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = if (!empty(readerPrincipalId)) {
  parent: account
  name: guid(account.id, readerPrincipalId, 'reader')
  properties: {
    principalId: readerPrincipalId
    roleDefinitionId: builtInReader.id
    scope: account.id
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: account
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      { category: 'ControlPlaneRequests', enabled: true }
      { category: 'PartitionKeyRUConsumption', enabled: true }
    ]
  }
}

output accountId string = account.id
output endpoint string = account.properties.documentEndpoint
