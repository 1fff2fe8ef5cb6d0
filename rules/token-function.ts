import type { GroupsMode, StampPolicy } from "./stamp-settings";

/** What decides whether there is a token function. What is absent is off. */
export interface TokenFunctionSettings {
  readonly migrationStamp?: StampPolicy;
  readonly groupsMode?: GroupsMode;
  readonly migratedEventBusArn?: string | undefined;
}

/**
 * Whether somebody who arrives without a membership may have access that it takes away: the token function alone makes memberships, so nobody may
 * migrate past it.
 */
export const demandsMembership = ({ groupsOrRefuse = [] }: DemandingSettings): boolean => groupsOrRefuse.length > 0;

/** Absent: none. */
export interface DemandingSettings {
  readonly groupsOrRefuse?: readonly string[];
}

/** Whether the destination has a second function, on PreTokenGeneration: without groups and events it would have nothing to do. */
export function hasTokenFunction({
  migrationStamp = "off",
  groupsMode = "off",
  migratedEventBusArn,
}: TokenFunctionSettings): boolean {
  return migrationStamp === "on" && (groupsMode !== "off" || migratedEventBusArn !== undefined);
}

/**
 * After so many milliseconds the function stops sending and answers, the loading of what sends and TLS included: somebody waits for a token.
 */
export const CALLS_BUDGET_MS = 700;

/** An event is sent until so many seconds after the stamp. */
export const EVENT_WINDOW_SECONDS = 600;

/** Of what is sent to EventBridge. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html */
export const MIGRATED_EVENT = { source: "cognito-migration", detailType: "UserMigrated" } as const;
