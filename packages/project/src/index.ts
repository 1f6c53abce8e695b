export type * from './definition.ts';
export type * from './project.ts';
