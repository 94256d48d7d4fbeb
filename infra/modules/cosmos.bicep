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
var sql = '${actions}/sqlDatabases/containers'
var items = '${sql}/items'

@description('Cosmos DB Built-in Data Reader.')
var builtInReader = '00000000-0000-0000-0000-000000000001'

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

@description('What the roles of this account allow. Nobody who holds only the appender\'s can replace or delete an event; the writer has full use of the items of a container: checkpoints, views, snapshots, leases.')
var roles = concat(
  [
    // What every identity needs to find its way: names, partitions, index policies.
    { name: 'metadata-reader', dataActions: ['${actions}/readMetadata'] }
    {
      name: 'event-appender'
      dataActions: ['${actions}/readMetadata', '${items}/create', '${items}/read', '${sql}/executeQuery', '${sql}/readChangeFeed']
    }
    // Replaces the data of an event by the mark of its redaction.
    { name: 'event-redactor', dataActions: ['${actions}/readMetadata', '${items}/read', '${items}/replace'] }
    { name: 'item-writer', dataActions: ['${actions}/readMetadata', '${items}/*', '${sql}/executeQuery', '${sql}/readChangeFeed'] }
  ],
  // Finds and deletes what a cleared tenant left behind.
  enableTenantClear
    ? [{ name: 'item-eraser', dataActions: ['${actions}/readMetadata', '${items}/read', '${items}/delete', '${sql}/executeQuery'] }]
    : []
)

var principals = {
  app: appPrincipalId
  redactor: redactorPrincipalId
  eraser: eraserPrincipalId
  reader: readerPrincipalId
}

@description('Who has which role where; without a container on the whole account. Raising a tenant\'s generation is a write to the subscriptions.')
var grants = concat(
  [{ who: 'app', role: 'metadata-reader', container: '' }],
  map(containers, declared => { who: 'app', role: declared.id == 'events' ? 'event-appender' : 'item-writer', container: declared.id }),
  [
    { who: 'redactor', role: 'metadata-reader', container: '' }
    { who: 'redactor', role: 'event-redactor', container: 'events' }
  ],
  enableTenantClear ? [{ who: 'eraser', role: 'metadata-reader', container: '' }] : [],
  map(
    enableTenantClear ? filter(containers, declared => declared.id != 'leases') : [],
    declared => { who: 'eraser', role: declared.id == 'subscriptions' ? 'item-writer' : 'item-eraser', container: declared.id }
  ),
  empty(readerPrincipalId) ? [] : [{ who: 'reader', role: builtInReader, container: '' }]
)

// One at a time, as the assignments are: the account refuses a change of its roles (412) while another is under way.
@batchSize(1)
resource role 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2024-11-15' = [
  for declared in roles: {
    parent: account
    name: guid(account.id, declared.name)
    properties: {
      roleName: 'QANexus ${replace(declared.name, '-', ' ')}'
      type: 'CustomRole'
      assignableScopes: [account.id]
      permissions: [{ dataActions: declared.dataActions }]
    }
    dependsOn: [container]
  }
]

@batchSize(1)
resource assignment 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = [
  for grant in grants: {
    parent: account
    name: guid(account.id, principals[grant.who], empty(grant.container) ? grant.role : grant.container)
    properties: {
      principalId: principals[grant.who]
      roleDefinitionId: resourceId('${actions}/sqlRoleDefinitions', account.name, grant.role == builtInReader ? builtInReader : guid(account.id, grant.role))
      scope: empty(grant.container) ? account.id : '${account.id}/dbs/${databaseName}/colls/${grant.container}'
    }
    dependsOn: [container, role]
  }
]

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
