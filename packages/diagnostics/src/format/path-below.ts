/** The path of a file from where `folder` is named from; one that does not start at the project stays as it is. */
export function pathBelow(folder: string, path: string): string {
  // A tool pack's file is `mxcp-ts:tools/…`, one outside of the project absolute.
  const isOfProject = !/^(?:[\w-]+:|\/|\\)/.test(path);
  return isOfProject && folder !== '' ? `${folder}/${path}` : path;
}
