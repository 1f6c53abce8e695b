import type { Prompt, Resource, ResourceTemplateType, Tool } from '@modelcontextprotocol/server';
import type { BoundResource, BoundTool, Plan } from '@mxcp-ts/runtime';
import { type MediaPlaces, mediaPlacesOf } from '../calls/media-places.ts';
import type { ToolPromise } from '../calls/render-tool-result.ts';
import { describePrompt, describeResource, describeTemplate, describeTool } from './describe-endpoints.ts';
import { type PageReader, paginate } from './page.ts';

/** What a plan looks like over MCP: everything that does not depend on the client, computed once. */
export interface Catalog {
  readonly plan: Plan;
  readonly tools: PageReader<Tool>;
  /** Names of the tools that want none of their arguments repeated in headers. */
  readonly plainTools: ReadonlySet<string>;
  /** By name. */
  readonly promises: ReadonlyMap<string, ToolPromise>;
  /** Of resources, by id, where they have any. */
  readonly media: ReadonlyMap<string, MediaPlaces>;
  readonly resources: PageReader<Resource>;
  readonly resourceTemplates: PageReader<ResourceTemplateType>;
  readonly prompts: PageReader<Prompt>;
  /** The same lists whole. */
  readonly lists: Lists;
  /** The resources with variables, in the order in which a URI is matched against them. */
  readonly templated: readonly BoundResource[];
}

export interface Lists {
  readonly tools: readonly Tool[];
  readonly resources: readonly Resource[];
  readonly resourceTemplates: readonly ResourceTemplateType[];
  readonly prompts: readonly Prompt[];
}

/** Gives the catalog of a plan; each plan's is built once, and forgotten together with it. */
export function createCatalogs(pageSize: number): (plan: Plan) => Catalog {
  const catalogs = new WeakMap<Plan, Catalog>();
  return plan => {
    let catalog = catalogs.get(plan);
    if (catalog === undefined) {
      catalog = buildCatalog(plan, pageSize);
      catalogs.set(plan, catalog);
    }
    return catalog;
  };
}

function buildCatalog(plan: Plan, pageSize: number): Catalog {
  const fixed = plan.resources.filter(({ definition }) => definition.template === undefined);
  const templated = plan.resources.filter(({ definition }) => definition.template !== undefined);
  const lists: Lists = {
    tools: plan.tools.map(describeTool),
    resources: fixed.map(describeResource),
    resourceTemplates: templated.map(describeTemplate),
    prompts: plan.prompts.map(describePrompt),
  };
  const pages = <T>(items: readonly T[]) => paginate(items, pageSize);
  return Object.freeze({
    plan,
    tools: pages(lists.tools),
    plainTools: new Set(plan.tools.filter(wantsNoHeaders).map(({ definition }) => definition.name)),
    promises: new Map(plan.tools.map(tool => [tool.definition.name, promiseOf(tool)])),
    media: mediaOf(plan),
    resources: pages(lists.resources),
    resourceTemplates: pages(lists.resourceTemplates),
    prompts: pages(lists.prompts),
    lists,
    templated,
  });
}

function promiseOf({ definition, outputSchema }: BoundTool): ToolPromise {
  const { name, returns } = definition;
  return { name, isStructured: outputSchema !== undefined, media: mediaPlacesOf(returns) };
}

function mediaOf({ resources }: Plan): ReadonlyMap<string, MediaPlaces> {
  const media = new Map<string, MediaPlaces>();
  for (const { definition } of resources) {
    const places = mediaPlacesOf(definition.returns);
    if (places !== undefined) media.set(definition.id, places);
  }
  return media;
}

function wantsNoHeaders({ inputSchema }: BoundTool): boolean {
  return !JSON.stringify(inputSchema).includes('"x-mcp-header"');
}
