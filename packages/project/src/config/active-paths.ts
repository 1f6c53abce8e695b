import type { Path } from '../shape/read-value.ts';

/** Whether what stands at a path of a config file counts for the profile that is active. */
export type IsActive = (path: Path) => boolean;

/** Everything in the site file but the other profiles. */
export function activeInSite(profile: string): IsActive {
  return ([first, second]) => first !== 'profiles' || second === profile;
}

/** Everything in the user config but the other projects and profiles. */
export function activeInUserConfig(project: string | undefined, profile: string): IsActive {
  return ([first, second, , fourth]) => first !== 'projects' || (second === project && fourth === profile);
}
