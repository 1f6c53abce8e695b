const text = (name: string): string => `{ name: ${name}, type: string }`;
const urls = '{ name: urls, type: array, items: { type: string } }';

interface ReferenceTool {
  readonly name: string;
  /** Below the folder python, without the ending. */
  readonly module: string;
  readonly parameters?: readonly string[];
  readonly returns: 'object' | 'array' | 'integer';
}

/** The functions of the blocks, apart from the one whose YAML the document has. */
const tools: readonly ReferenceTool[] = [
  { name: 'configuration', module: 'a_witness', returns: 'object' },
  { name: 'lifecycle_client', module: 'a_witness', returns: 'object' },
  { name: 'accessed_plugins', module: 'a_witness', returns: 'object' },
  { name: 'read_rows', module: 'a_witness', parameters: [text('sql')], returns: 'object' },
  {
    name: 'database_access',
    module: 'database_access',
    parameters: ['{ name: user_id, type: integer }'],
    returns: 'object',
  },
  { name: 'fetch_data', module: 'async_functions', parameters: [urls], returns: 'array' },
  { name: 'list_items', module: 'return_types', returns: 'array' },
  { name: 'get_stats', module: 'return_types', returns: 'object' },
  { name: 'count_items', module: 'return_types', returns: 'integer' },
  { name: 'process_user', module: 'main_tool', parameters: [text('email')], returns: 'object' },
  {
    name: 'safe_divide',
    module: 'error_handling',
    parameters: ['{ name: a, type: number }', '{ name: b, type: number }'],
    returns: 'object',
  },
  { name: 'call_external_api', module: 'external_api', parameters: [text('param')], returns: 'object' },
  { name: 'rebuild_database', module: 'database_reload', returns: 'object' },
  { name: 'analyze_dataframe', module: 'data_analysis', parameters: [text('table_name')], returns: 'object' },
  {
    name: 'pandas_query',
    module: 'data_analysis',
    parameters: [text('table_name'), text('operation')],
    returns: 'object',
  },
  {
    name: 'train_classifier',
    module: 'ml_wrapper',
    parameters: [
      text('table_name'),
      text('target_column'),
      '{ name: feature_columns, type: array, items: { type: string } }',
      '{ name: model_name, type: string, default: default }',
    ],
    returns: 'object',
  },
  {
    name: 'predict',
    module: 'ml_wrapper',
    parameters: [text('model_name'), '{ name: features, type: object }'],
    returns: 'object',
  },
  {
    name: 'create_customer',
    module: 'api_client_wrapper',
    parameters: [text('email'), text('name')],
    returns: 'object',
  },
  {
    name: 'list_charges',
    module: 'api_client_wrapper',
    parameters: ['{ name: customer_id, type: string, default: null }', '{ name: limit, type: integer, default: 10 }'],
    returns: 'object',
  },
  { name: 'batch_fetch', module: 'async_library_wrapper', parameters: [urls], returns: 'array' },
  {
    name: 'graphql_query',
    module: 'async_library_wrapper',
    parameters: [text('endpoint'), text('query'), '{ name: variables, type: object, default: null }'],
    returns: 'object',
  },
  {
    name: 'cache_set',
    module: 'stateful_library_wrapper',
    parameters: [text('key'), text('value'), '{ name: ttl, type: integer, default: 3600 }'],
    returns: 'object',
  },
  { name: 'cache_get', module: 'stateful_library_wrapper', parameters: [text('key')], returns: 'object' },
  { name: 'safe_library_call', module: 'library_errors', parameters: [text('param')], returns: 'object' },
  { name: 'update_data_endpoint', module: 'reload_api', returns: 'object' },
  {
    name: 'scheduled_update',
    module: 'reload_real_world',
    parameters: ['{ name: source, type: string, default: api }'],
    returns: 'object',
  },
  { name: 'use_custom_function', module: 'plugin_usage', parameters: [text('data')], returns: 'object' },
];

/** A YAML file for every function of the blocks. */
export const toolFiles: Readonly<Record<string, string>> = Object.fromEntries(
  tools.map(({ name, module, parameters = [], returns }) => [
    `tools/${name}.yml`,
    `mxcp: 1
tool:
  name: ${name}
  parameters: [${parameters.join(', ')}]
  return: { type: ${returns} }
  source: { file: ../python/${module}.py, function: ${name} }
`,
  ]),
);
