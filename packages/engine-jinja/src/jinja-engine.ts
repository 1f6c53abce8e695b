import { type Diagnostic, hasErrors } from '@mxcp-ts/diagnostics';
import type { BoundHandler, HandlerEngine, StartedEngine } from '@mxcp-ts/engine';
import type { EndpointDefinition, PromptDefinition } from '@mxcp-ts/project';
import { bindPrompt } from './bind-prompt.ts';
import { checkPrompt } from './check-prompt.ts';
import { createGlobals } from './render/globals.ts';

/** The engine of prompts. Endpoints of other kinds are ignored. */
export function createJinjaEngine(): HandlerEngine {
  return {
    language: 'jinja',
    check: async endpoints => promptsOf(endpoints).flatMap(checkPrompt),
    start: async endpoints => startPrompts(promptsOf(endpoints)),
  };
}

function promptsOf(endpoints: readonly EndpointDefinition[]): readonly PromptDefinition[] {
  return endpoints.filter(endpoint => endpoint.kind === 'prompt');
}

function startPrompts(prompts: readonly PromptDefinition[]): StartedEngine {
  const globals = createGlobals();
  const diagnostics: Diagnostic[] = [];
  const handlers = new Map<string, BoundHandler>();
  for (const prompt of prompts) {
    const findings = checkPrompt(prompt);
    diagnostics.push(...findings);
    handlers.set(prompt.id, hasErrors(findings) ? failing(findings) : bindPrompt(prompt, globals));
  }
  return {
    diagnostics,
    functions: [],
    bind: endpoint => handlers.get(endpoint.id) ?? failing([]),
    problems: () => [],
    stop: async () => {},
  };
}

function failing(findings: readonly Diagnostic[]): BoundHandler {
  const message = findings[0]?.message ?? 'The prompt was not started.';
  return async () => ({
    kind: 'failed',
    error: { type: 'PromptError', message, stack: undefined, userMessage: undefined },
  });
}
