import { diagnostic, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { SiteFile, SiteProfile, UserProfile } from '@mxcp-ts/schemas';
import type { Locate } from '../definition.ts';

export interface WrittenConfig {
  readonly site: Partial<SiteFile>;
  readonly siteProfile: SiteProfile;
  readonly siteLocate: Locate;
  readonly userProfile: UserProfile;
  /** Undefined when there is no user config. */
  readonly userLocate: Locate | undefined;
  readonly profile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What the active profile promises. Nothing may look protected, or recorded, and not be. */
export interface Promises {
  readonly auditEnabled: boolean;
  readonly telemetryEnabled: boolean;
  readonly authProvider: string;
}

/** Says what is written of protection, audit and telemetry, and reports what this version does not do about it. */
export function checkPromises(written: WrittenConfig, report: ReportDiagnostic): Promises {
  const { env, profile, siteProfile, userProfile } = written;
  const promises: Promises = {
    auditEnabled: switchOf(env['MXCP_AUDIT_ENABLED']) ?? siteProfile.audit?.enabled ?? false,
    telemetryEnabled: switchOf(env['MXCP_TELEMETRY_ENABLED']) ?? userProfile.telemetry?.enabled ?? false,
    authProvider: userProfile.auth?.provider ?? 'none',
  };
  const userPath = ['projects', written.site.project ?? '', 'profiles', profile];
  const userAt = (...path: string[]) => written.userLocate?.at(...userPath, ...path);
  if (promises.authProvider !== 'none') {
    const message = 'This version cannot authenticate users, so it does not serve this profile.';
    report(
      diagnostic(
        'plan/not-enforced-yet',
        message,
        userAt('auth', 'provider'),
        'Use `provider: none` to serve without authentication.',
      ),
    );
  }
  if (promises.auditEnabled) {
    const span =
      siteProfile.audit?.enabled === true ? written.siteLocate.at('profiles', profile, 'audit', 'enabled') : undefined;
    report(diagnostic('plan/not-active-yet', 'This version writes no audit log.', span));
  }
  if (promises.telemetryEnabled) {
    const span = userProfile.telemetry?.enabled === true ? userAt('telemetry', 'enabled') : undefined;
    report(diagnostic('plan/not-active-yet', 'This version sends no telemetry.', span));
  }
  return promises;
}

function switchOf(value: string | undefined): boolean | undefined {
  const word = value?.trim().toLowerCase() ?? '';
  if (['true', '1', 'yes'].includes(word)) return true;
  return ['false', '0', 'no'].includes(word) ? false : undefined;
}
