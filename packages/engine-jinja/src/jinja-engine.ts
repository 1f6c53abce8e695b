import { type Diagnostic, hasErrors } from '@mxcp-ts/diagnostics';
import type { BoundHandler, HandlerEngine, StartedEngine } from '@mxcp-ts/engine';
import type { EndpointDefinition, PromptDefinition } from '@mxcp-ts/project';
import { askFirst } from './ask-first.ts';
import { bindPrompt } from './bind-prompt.ts';
import { checkElicit } from './check-elicit.ts';
import { checkPrompt } from './check-prompt.ts';
import { createGlobals } from './render/globals.ts';

/** The engine of prompts that are written as messages, and of what any endpoint asks before it runs. */
export function createJinjaEngine(): HandlerEngine {
  return {
    language: 'jinja',
    check: async endpoints => endpoints.flatMap(checkTemplates),
    start: async endpoints => startTemplates(endpoints),
  };
}

function checkTemplates(endpoint: EndpointDefinition): readonly Diagnostic[] {
  const asked = checkElicit(endpoint);
  return isTemplate(endpoint) ? [...asked, ...checkPrompt(endpoint)] : asked;
}

/** Other prompts have a handler, which is another engine's. */
function isTemplate(endpoint: EndpointDefinition): endpoint is PromptDefinition {
  return endpoint.kind === 'prompt' && endpoint.source === undefined;
}

function startTemplates(endpoints: readonly EndpointDefinition[]): StartedEngine {
  const globals = createGlobals();
  const diagnostics: Diagnostic[] = [];
  const handlers = new Map<string, BoundHandler>();
  for (const endpoint of endpoints) {
    diagnostics.push(...checkElicit(endpoint));
    if (!isTemplate(endpoint)) continue;
    const findings = checkPrompt(endpoint);
    diagnostics.push(...findings);
    handlers.set(endpoint.id, hasErrors(findings) ? failing(findings) : bindPrompt(endpoint, globals));
  }
  return {
    diagnostics,
    functions: [],
    bind: endpoint => handlers.get(endpoint.id) ?? failing([]),
    withElicit: (endpoint, handler) => {
      if (endpoint.elicit === undefined) return handler;
      const findings = checkElicit(endpoint);
      return hasErrors(findings) ? failing(findings) : askFirst(endpoint.elicit, handler, globals);
    },
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
