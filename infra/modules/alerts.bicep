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

@description('Questions to what the app sends: the feed falls behind, somebody must look at a stream, requests fail.')
var storeAlerts = [
  {
    name: 'feed-lag'
    description: 'A subscription is more than five minutes behind.'
    severity: 2
    query: 'customMetrics | where name == "qanexus.subscription.lag" | summarize value = max(valueMax) by subscription = tostring(customDimensions.subscription)'
    dimensions: ['subscription']
    threshold: 300
  }
  {
    // A feed that stands delivers nothing, so nothing is late. The reconciler, which looks at the feed by itself and waits for the triggers, tells of that.
    name: 'feed-stalled'
    description: 'What was stored a quarter of an hour ago has not been delivered yet, or the reconciler is behind.'
    severity: 2
    query: 'customMetrics | where name == "qanexus.reconciler.lag" | summarize value = max(valueMax) by subscription = tostring(customDimensions.subscription)'
    dimensions: ['subscription']
    threshold: 900
  }
  {
    name: 'parked-streams'
    description: 'Streams are parked: a handler has given up on each. The rest goes on; they wait for somebody to mend the cause and retry.'
    severity: 2
    // A gauge is exported as a value alone, without the least and the greatest that an aggregate has.
    query: 'customMetrics | where name == "qanexus.subscription.parked_streams" | summarize value = max(valueSum) by subscription = tostring(customDimensions.subscription)'
    dimensions: ['subscription']
    threshold: 0
  }
  {
    // The app counts every answer that it gives. Of what fails before or behind it, only the host's own record of requests tells, which may be a sample
    // and repeats the app's answers: the larger of the two counts.
    name: '5xx'
    description: 'The API answers with server errors.'
    severity: 1
    query: 'union (customMetrics | where name == "qanexus.request.duration" and toint(customDimensions["http.response.status_code"]) >= 500 | summarize errors = sum(valueCount)), (requests | where toint(resultCode) >= 500 | summarize errors = sum(itemCount)) | summarize value = max(errors)'
    dimensions: []
    threshold: 5
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
      autoMitigate: true
      scopes: [applicationInsightsId]
      // Tables of a workspace that nothing has arrived in yet may not be known to it. Tests bind the queries.
      skipQueryValidation: true
      evaluationFrequency: 'PT5M'
      windowSize: 'PT10M'
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Maximum'
            metricMeasureColumn: 'value'
            dimensions: map(alert.dimensions, name => { name: name, operator: 'Include', values: ['*'] })
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
