/** Rows with text, whole numbers, and doubles of which one is missing. */
export const sizes =
  "(VALUES ('s', 1, 2::DOUBLE), ('m', 2, 4), ('s', 3, 6), ('s', 4, NULL)) AS sizes(size, width, height)";

/** What the blocks take for granted: tables, plug-ins, and modules through which the test sees what they left behind. */
export const ownFiles: Readonly<Record<string, string>> = {
  'mxcp-site.yml': `mxcp: 1
project: reference
profile: default
secrets: [api_key, api_service, external_api, api_token, stripe, graphql_api, redis]
duckdb: { setup: [sql/tables.sql] }
profiles: { default: { duckdb: { path: data/analytics.duckdb } } }
`,
  'sql/tables.sql': `
CREATE OR REPLACE MACRO datetime(moment, shift) AS now() + CAST(shift AS INTERVAL);
CREATE TABLE IF NOT EXISTS cache (key VARCHAR PRIMARY KEY, data JSON, ts TIMESTAMPTZ);
CREATE TABLE IF NOT EXISTS update_log (timestamp TIMESTAMP, source VARCHAR, record_count INTEGER);
CREATE OR REPLACE TABLE users AS FROM (VALUES (1, 'Ada'), (2, 'Grace')) AS users(id, name);
CREATE OR REPLACE TABLE sizes AS FROM ${sizes};
CREATE OR REPLACE TABLE flowers AS
SELECT i % 10 AS petal, i % 7 AS noise, (i % 10 >= 5)::INTEGER AS kind, CASE WHEN i % 10 >= 5 THEN 'iris' ELSE 'rose' END AS label
FROM range(200) AS rows(i);
`,
  'tools/custom_upper.yml': `mxcp: 1
tool:
  name: custom_upper
  parameters: [{ name: value, type: string }]
  return: { type: string }
  source: { code: SELECT custom_upper($value) AS value }
`,
  'tools/age_cache.yml': `mxcp: 1
tool:
  name: age_cache
  parameters: [{ name: key, type: string }]
  source: { code: UPDATE cache SET ts = ts - INTERVAL 2 HOURS WHERE key = $key }
`,
  'tools/dbt_model.yml': `mxcp: 1
tool:
  name: dbt_model
  return: { type: array, items: { type: object, properties: { token: { type: string }, arguments: { type: string } } } }
  source: { code: "SELECT token, arguments FROM dbt_model" }
`,
  'plugins/my_custom_plugin.py': 'def some_method() -> str:\n    return "of the plug-in"\n',
  'plugins/text_processing.py': 'def normalize_text(text: str) -> str:\n    return " ".join(text.split()).lower()\n',
  // Loaded first, so that its shutdown hook comes after those of the blocks.
  'python/a_witness.py': `from mxcp.runtime import DatabaseError, db, on_shutdown


def configuration() -> dict:
    import configuration_and_secrets as block

    return {
        "api_key": block.api_key,
        "token": block.token,
        "headers": block.headers,
        "project_name": block.project_name,
        "debug_mode": block.debug_mode,
        "site_project": block.site_config["project"],
        "secrets": [
            secret["name"]
            for secret in block.user_config["projects"]["reference"]["profiles"]["default"]["secrets"]
        ],
    }


def lifecycle_client() -> dict:
    import lifecycle_hooks as block

    return {"type": type(block.client).__name__, "is_closed": block.client.is_closed}


def accessed_plugins() -> dict:
    import plugin_usage as block

    return {"result": block.result, "available": sorted(block.available_plugins)}


def read_rows(sql: str) -> dict:
    try:
        return {"rows": db.execute(sql)}
    except DatabaseError as error:
        return {"error": type(error).__name__}


@on_shutdown
def say_what_is_closed() -> None:
    import lifecycle_hooks as block

    print(f"The client is closed: {block.client.is_closed}")
`,
};
