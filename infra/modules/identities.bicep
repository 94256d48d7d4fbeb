@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Makes names unique.')
param token string

@description('Whether tenants may be cleared, for test environments.')
param enableTenantClear bool

@description('What the function app runs as.')
resource app 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-qanexus-${token}'
  location: location
  tags: tags
}

@description('The only identity that may replace a document of the events container; used by the redaction of events alone.')
resource redactor 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-qanexus-redactor-${token}'
  location: location
  tags: tags
}

@description('The only identity that may delete a document of the events container; used to clear tenants alone.')
resource eraser 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = if (enableTenantClear) {
  name: 'id-qanexus-eraser-${token}'
  location: location
  tags: tags
}

output appIdentityId string = app.id
output appClientId string = app.properties.clientId
output appPrincipalId string = app.properties.principalId
output redactorIdentityId string = redactor.id
output redactorClientId string = redactor.properties.clientId
output redactorPrincipalId string = redactor.properties.principalId
output eraserIdentityId string = enableTenantClear ? eraser.id : ''
output eraserClientId string = eraser.?properties.clientId ?? ''
output eraserPrincipalId string = eraser.?properties.principalId ?? ''
