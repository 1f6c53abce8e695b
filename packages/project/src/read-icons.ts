import { diagnostic, type ReportDiagnostic, type Span } from '@mxcp-ts/diagnostics';
import type { IconDefinition } from '@mxcp-ts/schemas';
import type { Icon } from './definition.ts';
import type { ProjectFolder } from './files/project-folder.ts';
import { readAsset } from './files/read-asset.ts';

export interface IconsContext {
  readonly folder: ProjectFolder;
  /** Absolute path of the folder that files are relative to. */
  readonly from: string;
  /** Where the `src` of an icon is written. */
  readonly spanOf: (index: number) => Span;
  readonly report: ReportDiagnostic;
}

const maxBytes = 65_536;

/** The icons of an endpoint or of the server, those in files read; one that cannot be used is reported and left out. */
export function readIcons(icons: readonly IconDefinition[] | undefined, context: IconsContext): readonly Icon[] {
  const read = (icons ?? []).flatMap((icon, index) => {
    const source = sourceOf(icon, context, index);
    if (source === undefined) return [];
    const { sizes, theme } = icon;
    return [
      Object.freeze({
        ...source,
        ...(sizes !== undefined && { sizes: Object.freeze(sizes) }),
        ...(theme !== undefined && { theme }),
      }),
    ];
  });
  return Object.freeze(read);
}

function sourceOf(
  { src, mime_type: mimeType }: IconDefinition,
  { folder, from, spanOf, report }: IconsContext,
  index: number,
): Pick<Icon, 'src' | 'mimeType'> | undefined {
  const refuse = (message: string, hint?: string) => {
    report(diagnostic('project/bad-icon', message, spanOf(index), hint));
    return undefined;
  };
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(src)?.[1]?.toLowerCase();
  const written = mimeType === undefined ? {} : { mimeType };
  if (scheme === 'https') {
    return URL.canParse(src) ? { src, ...written } : refuse('The address of the icon is not a URL.');
  }
  if (scheme === 'data') {
    const isImage = /^data:image\/[\w.+-]+(?:;[\w-]+=[\w.-]+)*(?:;base64)?,/i.test(src);
    return isImage
      ? { src, ...written }
      : refuse('This data URI holds no image.', 'Start with data:image/png;base64,.');
  }
  if (scheme !== undefined) {
    return refuse(`An icon cannot be had by ${scheme}.`, 'Use an https URL, or a file of the project.');
  }
  const read = readAsset({ file: src, from, family: 'image/', mimeType, maxBytes }, folder);
  if (!read.ok) return refuse(read.message, read.hint);
  const { asset } = read;
  return { src: `data:${asset.mimeType};base64,${asset.data}`, mimeType: asset.mimeType };
}
