export type { Invocation } from './invocation.ts';
export { describeOutcome, type Outcome } from './outcome.ts';
export type { BoundEndpoint, BoundPrompt, BoundResource, BoundTool, Plan } from './plan.ts';
