import { diagnostic, didYouMean, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { SiteFile, UserProfile } from '@mxcp-ts/schemas';
import type { Locate } from '../definition.ts';
import type { SecretDefinition } from '../project.ts';

/** The secrets of the active profile. Those that the site file declares must be there; with `strict_secrets` no others are. */
export function secretsConfig(
  site: Partial<SiteFile>,
  user: UserProfile,
  profile: string,
  locate: Locate,
  report: ReportDiagnostic,
): readonly SecretDefinition[] {
  const declared = site.secrets ?? [];
  const secrets = user.secrets ?? [];
  const names = secrets.map(({ name }) => name);
  for (const [index, name] of declared.entries()) {
    if (names.includes(name)) continue;
    const message = `The secret "${name}" is not configured for the profile "${profile}".`;
    const hint =
      didYouMean(name, names) ?? `Add it to projects.${site.project}.profiles.${profile}.secrets of the user config.`;
    report(diagnostic('reference/secret-missing', message, locate.at('secrets', index), hint));
  }
  return Object.freeze(
    secrets
      .filter(({ name }) => site.strict_secrets !== true || declared.includes(name))
      .map(({ name, type, parameters = {} }) => Object.freeze({ name, type, parameters: Object.freeze(parameters) })),
  );
}
