import { fullFormats } from 'ajv-formats/dist/formats.js';

/** The formats of schemas that are written as JSON Schema: those that clients know. Others say nothing about a value. */
export const rawFormats: typeof fullFormats = fullFormats;
