import { diagnostic, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { EndpointDefinition, ResourceDefinition } from '../definition.ts';
import { canOverlap } from '../uri/find-overlap.ts';
import { parseUriTemplate, type TemplatePart } from '../uri/parse-uri-template.ts';

/** The definitions whose names and URIs are their own: of two with one name the first stays, the second is reported. */
export function uniqueEndpoints(
  endpoints: readonly EndpointDefinition[],
  report: ReportDiagnostic,
): readonly EndpointDefinition[] {
  const served = endpoints.filter(({ kind }) => kind !== 'completion');
  const firstById = new Map<string, EndpointDefinition>();
  // What the project defines itself is reported, never our own pack.
  for (const endpoint of [...served].sort((a, b) => Number(isOfPack(b)) - Number(isOfPack(a)))) {
    const first = firstById.get(endpoint.id);
    if (first === undefined) firstById.set(endpoint.id, endpoint);
    else reportDuplicate(endpoint, first, report);
  }
  const unique = served.filter(endpoint => firstById.get(endpoint.id) === endpoint);
  reportOverlaps(unique, report);
  // A file defines one endpoint; what completes its parameters stands and falls with it.
  const files = new Set(unique.map(({ file }) => file));
  return [...unique, ...endpoints.filter(({ kind, file }) => kind === 'completion' && files.has(file))];
}

function isOfPack(endpoint: EndpointDefinition): boolean {
  return endpoint.kind === 'tool' && endpoint.pack !== undefined;
}

function reportDuplicate(endpoint: EndpointDefinition, first: EndpointDefinition, report: ReportDiagnostic): void {
  const { kind, name, locate } = endpoint;
  const pack = first.kind === 'tool' ? first.pack : undefined;
  const where = pack === undefined ? first.file.path : `the tool pack "${pack}"`;
  const hint =
    pack === undefined
      ? `Rename one of them; a name is unique among the ${kind}s.`
      : 'Rename it, or leave the pack out.';
  const span = locate.at(kind === 'resource' ? 'uri' : 'name');
  report(diagnostic('project/duplicate-name', `The ${kind} "${name}" is defined in ${where} too.`, span, hint));
}

interface Templated {
  readonly resource: ResourceDefinition;
  readonly parts: readonly TemplatePart[];
  /** The text before the first variable. */
  readonly prefix: string;
}

/** Only templates of which one's beginning is the other's can match one URI; sorted, those stand behind one another. */
function reportOverlaps(endpoints: readonly EndpointDefinition[], report: ReportDiagnostic): void {
  const sorted = endpoints
    .flatMap(templatedOf)
    .sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0));
  let open: Templated[] = [];
  for (const template of sorted) {
    open = open.filter(({ prefix }) => template.prefix.startsWith(prefix));
    const rival = open.find(({ parts }) => canOverlap(parts, template.parts));
    if (rival !== undefined) reportOverlap(template, rival, report);
    open.push(template);
  }
}

function templatedOf(endpoint: EndpointDefinition): Templated[] {
  if (endpoint.kind !== 'resource' || endpoint.template === undefined) return [];
  const parsed = parseUriTemplate(endpoint.name);
  if (!parsed.ok) return [];
  const [first] = parsed.parts;
  return [{ resource: endpoint, parts: parsed.parts, prefix: first?.kind === 'literal' ? first.text : '' }];
}

function reportOverlap(one: Templated, other: Templated, report: ReportDiagnostic): void {
  const [late, early] = one.resource.file.path > other.resource.file.path ? [one, other] : [other, one];
  const message = `A URI can fit this template and also ${early.resource.name} of ${early.resource.file.path}.`;
  const hint = 'Give the templates different fixed parts.';
  report(diagnostic('resource/bad-template', message, late.resource.locate.at('uri'), hint));
}
