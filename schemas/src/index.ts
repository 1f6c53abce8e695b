export type { TypeDefinition } from './generated/type.ts';
