export const STACKS = ["source", "destination"] as const;
export type StackName = (typeof STACKS)[number];
