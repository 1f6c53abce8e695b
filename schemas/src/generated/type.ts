// Placeholder until scripts/generate-types.mjs has run.
export interface TypeDefinition {
  $ref?: string;
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  title?: string;
  description?: string;
  format?: 'email' | 'uri' | 'date' | 'time' | 'date-time' | 'duration' | 'timestamp';
  default?: unknown;
  examples?: unknown[];
  enum?: [unknown, ...unknown[]];
  const?: unknown;
  nullable?: boolean;
  sensitive?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  items?: TypeDefinition;
  properties?: { [k: string]: TypeDefinition };
  required?: string[];
  additionalProperties?: boolean;
  oneOf?: [TypeDefinition, ...TypeDefinition[]];
  anyOf?: [TypeDefinition, ...TypeDefinition[]];
  name?: string;
  [k: `x-${string}`]: unknown;
}
