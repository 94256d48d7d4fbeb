// Binds each query of the JSON array on standard input to the tables that Application Insights has, and prints what the query language's own
// compiler says: per query its errors, and the columns of its result with their types.
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

// The columns of the reference of Application Insights' tables that a query can rest on.
const tables = {
  customMetrics: '(timestamp: datetime, name: string, value: real, valueCount: int, valueSum: real, valueMin: real, valueMax: real, valueStdDev: real, '
    + 'customDimensions: dynamic, operation_Name: string, operation_Id: string, cloud_RoleName: string, cloud_RoleInstance: string, itemCount: int)',
  requests: '(timestamp: datetime, id: string, name: string, url: string, success: string, resultCode: string, duration: real, '
    + 'customDimensions: dynamic, operation_Name: string, operation_Id: string, cloud_RoleName: string, cloud_RoleInstance: string, itemCount: int)',
};

// Scripts for a page: each adds to the global object and knows nothing of modules.
const folder = path.dirname(require.resolve('@kusto/language-service-next/package.json'));
for (const script of ['bridge.min.js', 'bridge.console.min.js', 'Kusto.Language.Bridge.min.js']) {
  vm.runInThisContext(fs.readFileSync(path.join(folder, script), 'utf8'), script);
}

const { KustoCode, GlobalState, Symbols } = Kusto.Language;
const database = new Symbols.DatabaseSymbol.ctor(
  'application', Object.entries(tables).map(([name, schema]) => new Symbols.TableSymbol.$ctor7(name, schema, null)));
const globals = GlobalState.Default.WithDatabase(database);

const list = (values, select) => Array.from({ length: values.Count }, (_, index) => select(values.getItem(index)));
const answers = JSON.parse(fs.readFileSync(0, 'utf8')).map(query => {
  const code = KustoCode.ParseAndAnalyze(query, globals);
  return {
    errors: list(code.GetDiagnostics(), diagnostic => diagnostic.Message),
    columns: list(code.ResultType.Columns, column => `${column.Name}: ${column.Type.Name}`),
  };
});
console.log(JSON.stringify(answers));
