import { content } from 'mxcp-ts/runtime';

export function embedResource({ resourceUri }: { resourceUri: string }) {
  const text = 'Embedded resource content for testing.';
  return [
    { role: 'user', content: content.resource({ uri: resourceUri, mimeType: 'text/plain', text }) },
    { role: 'user', content: 'Please process the embedded resource above.' },
  ];
}
