/** What `work` gives. An error of DuckDB comes without the place in a statement that the caller never wrote. */
export async function withoutOurSql<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !place.test(error.message)) throw error;
    throw new Error(error.message.replace(place, ''), { cause: error });
  }
}

const place = /\n\nLINE \d+: [^\n]*\n *\^$/;
