import type { Attributes } from "./names";

/** Groups and roles of a user, as Cognito sees them. What is not `groupsToOverride` is copied as it is. */
export interface GroupConfiguration {
  readonly groups: readonly string[];
  readonly whole: Readonly<Record<string, unknown>>;
}

/** An event of PreTokenGeneration, as far as it is used. */
export interface TokenEvent {
  readonly userPoolId: string;
  readonly username: string;
  readonly attributes: Attributes;
  /** What Cognito has of the user's groups. */
  readonly known: GroupConfiguration;
  /** What the answer says so far. Undefined: nothing, so that Cognito keeps what it has. */
  readonly answered: GroupConfiguration | undefined;
  /** The member of `response` that this version of the event is answered in, and what is in it. */
  readonly answer: { readonly member: AnswerMember; readonly given: Readonly<Record<string, unknown>> };
}

/**
 * Each version of the event has another member for the answer.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
const ANSWER_MEMBERS = {
  1: "claimsOverrideDetails",
  2: "claimsAndScopeOverrideDetails",
  3: "claimsAndScopeOverrideDetails",
} as const;
type AnswerMember = (typeof ANSWER_MEMBERS)[keyof typeof ANSWER_MEMBERS];

/** The beginning of the `triggerSource` of each: a sign-in, a refresh, a new password, a device. */
const SOURCE_PREFIX = "TokenGeneration_";

/**
 * Reads an event, whatever else is in it: AWS adds fields.
 *
 * @returns undefined when it is of another trigger, or of a shape or version in which one cannot be sure to lose no group.
 */
export function parseTokenEvent(event: unknown): TokenEvent | undefined {
  if (!isRecord(event)) return undefined;
  const { version, triggerSource, userPoolId, userName, request } = event;
  if (typeof triggerSource !== "string" || !triggerSource.startsWith(SOURCE_PREFIX)) return undefined;
  if (typeof userPoolId !== "string" || typeof userName !== "string" || !isRecord(request)) return undefined;
  const member = memberOf(version);
  const response = recordOrNone(event["response"]);
  const given = member && response && recordOrNone(response[member]);
  const known = groupConfiguration(request["groupConfiguration"]);
  if (member === undefined || given === undefined || known === undefined) return undefined;
  const answered = "groupOverrideDetails" in given ? answeredGroups(given["groupOverrideDetails"]) : "nothing";
  if (answered === undefined) return undefined;
  return {
    userPoolId,
    username: userName,
    attributes: textsOf(request["userAttributes"]),
    known,
    answered: answered === "nothing" ? undefined : answered,
    answer: { member, given },
  };
}

function memberOf(version: unknown): AnswerMember | undefined {
  return typeof version === "string" && Object.hasOwn(ANSWER_MEMBERS, version)
    ? ANSWER_MEMBERS[version as unknown as keyof typeof ANSWER_MEMBERS]
    : undefined;
}

/** What is absent or null is of a user without groups and roles. */
function groupConfiguration(value: unknown): GroupConfiguration | undefined {
  const whole = recordOrNone(value);
  const groups = whole?.["groupsToOverride"] ?? [];
  return whole && Array.isArray(groups) && groups.every((name) => typeof name === "string")
    ? { groups, whole }
    : undefined;
}

/** Whoever has answered with null or nothing in it before, wants no groups in the token: that is what Cognito does then. */
function answeredGroups(value: unknown): GroupConfiguration | undefined {
  return isRecord(value) && Array.isArray(value["groupsToOverride"]) ? groupConfiguration(value) : undefined;
}

function textsOf(value: unknown): Attributes {
  const texts = Object.entries(isRecord(value) ? value : {}).filter(([, text]) => typeof text === "string");
  return Object.fromEntries(texts) as Attributes;
}

/** @returns undefined for what is neither absent nor an object. */
function recordOrNone(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return value === undefined || value === null ? {} : isRecord(value) ? value : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
