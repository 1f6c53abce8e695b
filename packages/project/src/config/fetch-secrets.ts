import { diagnostic, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import { userConfigSchema } from '@mxcp-ts/schemas';
import type { LoadOptions } from '../project.ts';
import { collectReferences, type SecretReference } from '../references/collect-references.ts';
import { readSecrets } from '../references/read-secrets.ts';
import { type ReferenceContext, resolveReferences } from '../references/resolve-references.ts';
import { findScheme } from '../references/scan-references.ts';
import { secretPlugins } from '../references/secret-plugins.ts';
import type { SourceSettings } from '../references/secrets-reading.ts';
import { readValue } from '../shape/read-value.ts';
import { shapeOf } from '../shape/shape.ts';
import { embeddedScalar } from '../yaml/embedded-scalar.ts';
import type { IsActive } from './active-paths.ts';
import type { ConfigFile } from './config-file.ts';

export interface ReferringFile {
  /** Undefined when there is none, or it cannot be read. */
  readonly file: ConfigFile | undefined;
  readonly references: ReferenceContext;
}

export interface SecretsContext {
  readonly site: ReferringFile & { readonly isActive: IsActive };
  /** `isActive` is asked for only when there are references, as it takes reading the site file. */
  readonly user: ReferringFile & { readonly isActive: () => IsActive };
  readonly options: LoadOptions;
  readonly report: ReportDiagnostic;
}

/**
 * The values of the `vault://` and `op://` references that count, each read once. Loads no plug-in when there are none.
 *
 * @returns by the text of a reference, variables replaced; what is not in it has been reported
 */
export async function fetchSecrets(context: SecretsContext): Promise<ReadonlyMap<string, unknown>> {
  const { site, user, options, report } = context;
  const inSite = collectReferences(site.file?.root, site.references).filter(({ path }) => site.isActive(path));
  const inUser = collectReferences(user.file?.root, user.references);
  if (inSite.length + inUser.length === 0) return new Map();
  const isActive = user.isActive();
  const references = [
    ...withoutEarly(inSite, ['project', 'profile'], report),
    ...withoutEarly(
      inUser.filter(({ path }) => isActive(path)),
      blocks,
      report,
    ),
  ];
  return await readSecrets(references, { settings: settingsIn(user), options, report });
}

const blocks: readonly string[] = Object.values(secretPlugins).map(({ block }) => block);

/** What decides about secrets cannot be one. */
function withoutEarly(
  references: readonly SecretReference[],
  early: readonly string[],
  report: ReportDiagnostic,
): readonly SecretReference[] {
  return references.filter(({ path: [first], scheme, span }) => {
    if (!early.includes(String(first))) return true;
    const message = `A reference with ${scheme}:// cannot stand here: this has to be known before secrets are read.`;
    report(diagnostic('reference/bad-syntax', message, span, `Use \${NAME} or file://.`));
    return false;
  });
}

/** The blocks of the sources, in which variables and files count and references to sources do not. */
function settingsIn({ file, references }: ReferringFile): SourceSettings {
  const unresolved = new Set<string>();
  const written =
    file?.root === undefined
      ? undefined
      : readValue(file.root, shapeOf(userConfigSchema), {
          report: () => undefined,
          resolve: (text, scalar, place, path) => {
            const [block] = path;
            if (!blocks.includes(String(block))) return text;
            const scheme = findScheme(text);
            const resolved =
              scheme === undefined || scheme === 'file'
                ? resolveReferences(embeddedScalar(place.file.source, scalar, text), references)
                : undefined;
            if (resolved?.ok === true) return resolved.value;
            unresolved.add(String(block));
            return text;
          },
        });
  return {
    of: block => {
      const value = isRecord(written) ? written[block] : undefined;
      return isRecord(value) ? value : {};
    },
    isBroken: block => unresolved.has(block),
    locate: file?.locate,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
