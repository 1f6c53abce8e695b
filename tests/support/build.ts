/** Tests that start threads, guests or the CLI run what users run: the build. It takes about a second. */
export default async function setup(): Promise<void> {
  const { buildForTests } = (await import('../../scripts/build.mjs' as string)) as {
    buildForTests: () => Promise<void>;
  };
  await buildForTests();
}
