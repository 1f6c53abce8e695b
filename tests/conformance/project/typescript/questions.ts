import { canAsk, elicit, listRoots, sample } from 'mxcp-ts/runtime';

const name = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };

export async function test_sampling({ prompt }: { prompt: string }) {
  const answer = await sample('answer', question(prompt, 100));
  return `LLM response: ${answer.text}`;
}

export async function test_input_required_result_list_roots() {
  const roots = await listRoots('client_roots');
  return roots.map(root => root.uri).join('\n');
}

export async function test_input_required_result_multiple_inputs() {
  const [user, greeting, roots] = await Promise.all([
    elicit('user_name', 'What is your name?', name),
    sample('greeting', question('Generate a greeting', 50)),
    listRoots('client_roots'),
  ]);
  return `${greeting.text} (${user.action}, ${roots.length} folders)`;
}

export async function test_input_required_result_capabilities() {
  const [user, greeting] = await Promise.all([
    canAsk('elicit') ? elicit('user_name', 'What is your name?', name) : undefined,
    canAsk('sample') ? sample('greeting', question('Generate a greeting', 50)) : undefined,
  ]);
  return `Name: ${user?.action ?? 'not asked'}. Greeting: ${greeting?.text ?? 'not asked'}.`;
}

function question(text: string, maxTokens: number) {
  return { messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }], maxTokens };
}
