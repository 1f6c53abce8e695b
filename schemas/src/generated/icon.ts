// Generated from schemas/v1/icon.schema.json by scripts/generate-types.mjs. Do not edit.

/**
 * A picture that clients may show.
 */
export interface IconDefinition {
  /**
   * Where the picture is: an https URL, a data URI, or a file of the project, relative to this file (with a leading slash to the project folder), of at most 64 KiB.
   */
  src: string;
  /**
   * Its media type, such as `image/png`. Left out: by the suffix of the file.
   */
  mime_type?: string;
  /**
   * The sizes it is made for: `48x48`, or `any` for a picture that scales.
   */
  sizes?: string[];
  /**
   * The background it is made for.
   */
  theme?: 'light' | 'dark';
}
