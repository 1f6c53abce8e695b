import type { ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { SchemaCheck, TypeCheck } from '@mxcp-ts/values';
import type { FileReader } from '../files/file-reader.ts';
import type { ProjectFolder } from '../files/project-folder.ts';
import type { YamlReader } from '../yaml/yaml-reader.ts';
import type { TypeResolver } from './type-resolver.ts';

/** What endpoint files of one folder (the project, or a tool pack) are read with. */
export interface EndpointContext {
  readonly folder: ProjectFolder;
  readonly files: FileReader;
  readonly yaml: YamlReader;
  readonly types: TypeResolver;
  readonly checkType: TypeCheck;
  readonly checkSchema: SchemaCheck;
  readonly report: ReportDiagnostic;
  /** The tool pack that is read; undefined for the project itself. */
  readonly pack: string | undefined;
}
