import { type Diagnostic, diagnostic } from '@mxcp-ts/diagnostics';
import { argumentsOf, type EmbeddedText, type PromptContent, type PromptDefinition } from '@mxcp-ts/project';
import { checkTemplate } from './check-template.ts';

/** Everything that is wrong with the messages of a prompt, each at its own place in the file. */
export function checkPrompt(prompt: PromptDefinition): readonly Diagnostic[] {
  if (prompt.messages.length === 0) {
    const span = prompt.locate.at('messages');
    return [diagnostic('prompt/no-messages', `The prompt "${prompt.name}" has no messages.`, span, 'Add one.')];
  }
  const variables = argumentsOf(prompt).map(({ name }) => name);
  const templates = prompt.messages.flatMap(({ content }) => templatesOf(content));
  return templates.flatMap(template => checkTemplate(template, { variables, owner: 'prompt' }));
}

function templatesOf(content: PromptContent): readonly EmbeddedText[] {
  switch (content.type) {
    case 'text':
      return [content.template];
    case 'image':
    case 'audio':
      return [];
    case 'resource':
      return [content.uri, content.text];
    case 'resource_link':
      return [content.uri];
  }
}
