import { askClient } from './ask-client.ts';

/** A folder that the client works on. */
export interface Root {
  /** `file://…` */
  readonly uri: string;
  readonly name: string | undefined;
}

/**
 * The folders that the client works on. Ends and repeats the call like `elicit`.
 *
 * @throws ClientCannotError
 */
export async function listRoots(key = 'roots'): Promise<Root[]> {
  const { roots } = await askClient('listRoots', key, { method: 'roots/list' });
  return (roots as readonly { readonly uri: string; readonly name?: string }[]).map(({ uri, name }) => ({ uri, name }));
}
