import { content } from 'mxcp-ts/runtime';

export function test_embedded_resource() {
  return content.resource({
    uri: 'test://embedded-resource',
    mimeType: 'text/plain',
    text: 'This is an embedded resource content.',
  });
}
