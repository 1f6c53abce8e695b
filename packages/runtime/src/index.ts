export { buildPlan, languageOf } from './build-plan.ts';
export { checkEndpoints, concerns } from './check-project.ts';
export { type Invocation, localContext, silentClient } from './invocation.ts';
export { type InvokeContext, invoke } from './invoke.ts';
export { describeOutcome, type Outcome } from './outcome.ts';
export type { BoundEndpoint, BoundPrompt, BoundResource, BoundTool, Plan } from './plan.ts';
export { type CloseOptions, Runtime, type RuntimeParts } from './runtime.ts';
export type { Readiness, ServedRuntime } from './served-runtime.ts';
