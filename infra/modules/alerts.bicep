@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Makes names unique.')
param token string

@description('Who is told, by e-mail; empty for nobody.')
param alertEmail string

@description('Where the metrics of the store arrive.')
param applicationInsightsId string

@description('The Cosmos DB account.')
param cosmosAccountId string

@description('The function app.')
param functionAppId string

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-qanexus-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'qanexus'
    enabled: true
    emailReceivers: empty(alertEmail) ? [] : [{ name: 'alerts', emailAddress: alertEmail, useCommonAlertSchema: true }]
  }
}

@description('Questions to the store\'s own metrics: the feed falls behind, or somebody must look at a stream.')
var storeAlerts = [
  {
    name: 'feed-lag'
    description: 'A subscription is more than five minutes behind.'
    severity: 2
    query: 'customMetrics | where name == "qanexus.subscription.lag" | summarize value = max(valueMax) by subscription = tostring(customDimensions.subscription)'
    threshold: 300
  }
  {
    name: 'parked-streams'
    description: 'A handler has given up on a stream. The rest goes on; the stream waits for somebody to mend the cause and retry.'
    severity: 2
    query: 'customMetrics | where name == "qanexus.subscription.parked" | summarize value = max(valueMax) by subscription = tostring(customDimensions.subscription)'
    threshold: 0
  }
]

resource storeAlert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in storeAlerts: {
    name: 'alert-qanexus-${alert.name}-${token}'
    location: location
    tags: tags
    properties: {
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [applicationInsightsId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT10M'
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Maximum'
            metricMeasureColumn: 'value'
            dimensions: [{ name: 'subscription', operator: 'Include', values: ['*'] }]
            operator: 'GreaterThan'
            threshold: alert.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

resource throttling 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-qanexus-throttling-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Cosmos DB refuses requests for want of request units.'
    severity: 3
    enabled: true
    scopes: [cosmosAccountId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'throttled'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'TotalRequests'
          dimensions: [{ name: 'StatusCode', operator: 'Include', values: ['429'] }]
          operator: 'GreaterThan'
          threshold: 100
          timeAggregation: 'Count'
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

resource serverErrors 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-qanexus-5xx-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'The API answers with server errors.'
    severity: 1
    enabled: true
    scopes: [functionAppId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'errors'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'Http5xx'
          operator: 'GreaterThan'
          threshold: 5
          timeAggregation: 'Total'
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}
