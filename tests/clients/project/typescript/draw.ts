import { type ContentBlock, content } from 'mxcp-ts/runtime';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4f4LhPwAHWALHp8n2ggAAAABJRU5ErkJggg==';

export function draw(): readonly (ContentBlock | string)[] {
  return [
    'A pixel.',
    content.image(Buffer.from(png, 'base64'), 'image/png', { audience: ['user'] }),
    content.link({ uri: 'interop://pixel', name: 'Pixel', mimeType: 'image/png' }),
  ];
}
