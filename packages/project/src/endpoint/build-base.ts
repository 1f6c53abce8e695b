import { diagnostic, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { Prompt, Resource, Tool } from '@mxcp-ts/schemas';
import type { EndpointKind, Locate, ParameterDefinition } from '../definition.ts';
import { readIcons } from '../read-icons.ts';
import { placeAt } from '../yaml/locate.ts';
import { checkParameterNames, checkParameterTypes, checkReturns } from './check-parameters.ts';
import { deepFreeze } from './deep-freeze.ts';
import type { EndpointPlace } from './endpoint-place.ts';
import { expandParameters } from './expand-parameters.ts';
import { findNestedComplete } from './nested-complete.ts';
import { readElicit } from './read-elicit.ts';
import { readMeta } from './read-meta.ts';
import { readTimeoutMs } from './read-timeout.ts';

export interface BaseOptions {
  readonly kind: EndpointKind;
  readonly name: string;
  readonly defaultTimeoutMs?: number;
  /** When something else than `parameters` says what they are. */
  readonly parameters?: readonly ParameterDefinition[];
}

const usualTimeoutMs = 30_000;

/** What definitions of every kind have; undefined when a type cannot be read. */
export function buildBase(endpoint: Tool | Resource | Prompt, options: BaseOptions, at: EndpointPlace) {
  const { locate, context, place } = at;
  const parameters = options.parameters ?? readParameters(endpoint, at);
  const returned = readReturns(endpoint, at);
  const hasPolicies = checkPolicies(endpoint, locate, context.report);
  const icons = readIcons(endpoint.icons, {
    folder: context.folder,
    from: place.file.folder,
    spanOf: index => locate.at('icons', index, 'src'),
    report: context.report,
  });
  const meta = readMeta(endpoint.meta, locate, context.report);
  const elicit = endpoint.elicit === undefined ? undefined : readElicit(endpoint.elicit, parameters ?? [], at);
  if (parameters === undefined || !returned.ok || (endpoint.elicit !== undefined && elicit === undefined)) {
    return undefined;
  }
  return {
    id: `${options.kind}:${options.name}`,
    name: options.name,
    description: endpoint.description,
    icons,
    meta: deepFreeze(meta),
    tags: Object.freeze(endpoint.tags ?? []),
    parameters: deepFreeze(parameters),
    returns: deepFreeze(returned.returns),
    elicit: deepFreeze(elicit),
    timeoutMs: readTimeoutMs(endpoint.timeout, options.defaultTimeoutMs ?? usualTimeoutMs),
    hasPolicies,
    file: place.file.source,
    locate,
  };
}

function readParameters({ parameters = [] }: Tool | Resource | Prompt, at: EndpointPlace) {
  const expanded = expandParameters(parameters, ['parameters'], at);
  if (expanded === undefined) return undefined;
  checkParameterNames(expanded, at.locate, at.context.report);
  checkParameterTypes(expanded, ['parameters'], at);
  return expanded;
}

function readReturns(endpoint: Tool | Resource | Prompt, at: EndpointPlace) {
  const written = endpoint.return ?? endpoint.return_;
  const place = placeAt(at.place, ['return']) ?? placeAt(at.place, ['return_']);
  if (written === undefined || place === undefined) return { ok: true, returns: undefined } as const;
  const returns = at.context.types.expand(written, place);
  if (returns === undefined) return { ok: false } as const;
  checkReturns(returns, at);
  for (const path of findNestedComplete(returns)) {
    const message = 'Values are proposed for parameters, not for results.';
    const span = at.locate.key('return', ...path);
    at.context.report(diagnostic('completion/misplaced', message, span, 'Remove it here.'));
  }
  return { ok: true, returns } as const;
}

function checkPolicies({ policies }: Tool | Resource | Prompt, locate: Locate, report: ReportDiagnostic): boolean {
  const count = (policies?.input?.length ?? 0) + (policies?.output?.length ?? 0);
  if (count === 0) return false;
  const hint = 'Remove the policies to serve it without protection, or set `enabled: false`.';
  const message = 'This version cannot enforce policies, so the endpoint is not served.';
  report(diagnostic('plan/not-enforced-yet', message, locate.key('policies'), hint));
  return true;
}

/** For names of tools and prompts. */
export function checkName(name: string, { locate, context }: EndpointPlace): void {
  if (!name.includes('.')) return;
  const hint = `Use ${name.replaceAll('.', '_')} to be safe.`;
  context.report(
    diagnostic('project/dotted-name', `Some MCP clients refuse the dot in "${name}".`, locate.at('name'), hint),
  );
}
