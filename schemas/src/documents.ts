import elicit from '../v1/elicit.schema.json' with { type: 'json' };
import icon from '../v1/icon.schema.json' with { type: 'json' };
import parameter from '../v1/parameter.schema.json' with { type: 'json' };
import policies from '../v1/policies.schema.json' with { type: 'json' };
import prompt from '../v1/prompt.schema.json' with { type: 'json' };
import resource from '../v1/resource.schema.json' with { type: 'json' };
import site from '../v1/site.schema.json' with { type: 'json' };
import source from '../v1/source.schema.json' with { type: 'json' };
import test from '../v1/test.schema.json' with { type: 'json' };
import tool from '../v1/tool.schema.json' with { type: 'json' };
import type from '../v1/type.schema.json' with { type: 'json' };
import userConfig from '../v1/user-config.schema.json' with { type: 'json' };

/** A published schema as it stands in `v1/`; `$ref`s are relative to its `$id`. */
export interface JsonSchemaDocument {
  readonly $id: string;
  readonly [keyword: string]: unknown;
}

export const siteSchema: JsonSchemaDocument = site;
export const userConfigSchema: JsonSchemaDocument = userConfig;
export const toolSchema: JsonSchemaDocument = tool;
export const resourceSchema: JsonSchemaDocument = resource;
export const promptSchema: JsonSchemaDocument = prompt;
export const typeSchema: JsonSchemaDocument = type;

/** Every published schema, each once, so that a validator can resolve the references between them. */
export const schemaDocuments: readonly JsonSchemaDocument[] = Object.freeze([
  elicit,
  icon,
  parameter,
  policies,
  prompt,
  resource,
  site,
  source,
  test,
  tool,
  type,
  userConfig,
]);
