import { choosingFilters } from './filters/choosing-filters.ts';
import type { FilterDefinition } from './filters/filter-definition.ts';
import { listFilters } from './filters/list-filters.ts';
import { numberFilters } from './filters/number-filters.ts';
import { textFilters } from './filters/text-filters.ts';

const plainFilters = { ...textFilters, ...numberFilters, ...listFilters };

/** Every filter of prompts; `docs/reference/prompts.md` lists the same ones, and a test holds the two together. */
export const filters: Readonly<Record<string, FilterDefinition>> = Object.freeze({
  ...plainFilters,
  ...choosingFilters(plainFilters),
});
