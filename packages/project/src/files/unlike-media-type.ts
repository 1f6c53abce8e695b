/** What is wrong with bytes that are not what their media type says; undefined when nothing is, or nobody can tell. */
export function findUnlike(
  bytes: Buffer,
  mimeType: string,
): { readonly message: string; readonly hint: string } | undefined {
  const wanted = pictures.find(picture => picture.mimeType === mimeType.toLowerCase());
  const start = startOf(bytes);
  if (wanted === undefined || start.startsWith(wanted.start)) return undefined;
  const found = pictures.find(picture => start.startsWith(picture.start));
  const hint =
    found === undefined ? 'Name another file.' : `It is ${found.name}: write \`mime_type: ${found.mimeType}\`.`;
  return { message: `is not ${wanted.name}`, hint };
}

/** One character for each byte; of a RIFF file what follows its name and size. */
function startOf(bytes: Buffer): string {
  const start = bytes.subarray(0, 12);
  return start.toString('latin1', 0, 4) === 'RIFF' ? start.toString('latin1', 8) : start.toString('latin1');
}

const pictures = [
  { mimeType: 'image/png', name: 'a PNG picture', start: '\x89PNG\r\n\x1a\n' },
  { mimeType: 'image/jpeg', name: 'a JPEG picture', start: '\xff\xd8\xff' },
  { mimeType: 'image/gif', name: 'a GIF picture', start: 'GIF8' },
  { mimeType: 'image/webp', name: 'a WebP picture', start: 'WEBP' },
] as const;
