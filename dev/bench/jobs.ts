import { createHmac } from "node:crypto";
import { mintStamp } from "../../rules/stamp";
import { PRE_TOKEN_GENERATION } from "../../rules/triggers";
import { EVENT, FUNCTION_ENVIRONMENT, isMigrated, LAMBDA_ENVIRONMENT, USER, USER_ATTRIBUTES } from "./sign-in";

/** What a function is asked for, and with what settings. */
export interface Job {
  readonly event: object;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether the answer is that of somebody who did it. */
  isDone(answer: unknown): boolean;
  /** For whoever has not. */
  readonly what: string;
}

export const SIGN_IN: Job = {
  event: EVENT,
  environment: FUNCTION_ENVIRONMENT,
  isDone: isMigrated,
  what: "migrate the user",
};

const STAMP_ATTRIBUTE = "custom:migration";
const STAMP_KEY = "0a1b2c3d-4e5f-4a6b-8c7d-9e8f7a6b5c4d0a1b2c3d-4e5f-4a6b-8c7d-9e8f7a6b5c4d";
const NAMES = [...USER_ATTRIBUTES.map(({ Name }) => Name), STAMP_ATTRIBUTE];

/** The same user, whose groups come along in a stamp. */
export const SIGN_IN_WITH_GROUPS: Job = {
  event: EVENT,
  environment: {
    ...FUNCTION_ENVIRONMENT,
    DESTINATION_SCHEMA: JSON.stringify({ "String 0 2048": NAMES }),
    STAMP_ATTRIBUTE,
    STAMP_KEY,
    GROUPS: "*",
    GROUPS_MAP: "staff=people",
    DESTINATION_GROUPS: JSON.stringify(["editors", "on-call", "people"]),
  },
  isDone: (answer) => isMigrated(answer) && stampIn(answer)?.startsWith("v1.") === true,
  what: "migrate the user with a stamp",
};

function stampIn(answer: unknown): string | undefined {
  const { response } = answer as { response: { userAttributes: Readonly<Record<string, string>> } };
  return response.userAttributes[STAMP_ATTRIBUTE];
}

const POOL = FUNCTION_ENVIRONMENT.DESTINATION_USER_POOL_ID ?? "";
const MEMBER_OF = ["editors", "on-call", "people"];

/** A token of a user with a young stamp who is a member already: all there is to decide, and nothing to send. */
export const TOKEN: Job = {
  event: {
    version: "1",
    triggerSource: PRE_TOKEN_GENERATION.sources.authentication,
    region: LAMBDA_ENVIRONMENT.AWS_REGION,
    userPoolId: POOL,
    userName: USER.username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "1destination23456789abcdef" },
    request: {
      userAttributes: {
        ...Object.fromEntries(USER_ATTRIBUTES.map(({ Name, Value }) => [Name, Value])),
        "cognito:user_status": "CONFIRMED",
        [STAMP_ATTRIBUTE]: mintStamp(
          createHmac,
          STAMP_KEY,
          { sourceSub: "source-sub", how: "proven", issuedAt: Math.floor(Date.now() / 1000), groups: MEMBER_OF },
          { userPoolId: POOL, names: [USER.username] },
        ),
      },
      groupConfiguration: { groupsToOverride: MEMBER_OF, iamRolesToOverride: [], preferredRole: null },
    },
    response: { claimsOverrideDetails: null },
  },
  environment: {
    STAMP_ATTRIBUTE,
    STAMP_KEY,
    DESTINATION_USER_POOL_ID: POOL,
    DESTINATION_USERNAME_ATTRIBUTES: "none",
    DESTINATION_CASE_SENSITIVE: "true",
    GROUPS_MODE: "token+member",
    // Longer than a run.
    GROUPS_WINDOW: "604800",
  },
  isDone: hasGroups,
  what: "put the groups into the token",
};

function hasGroups(answer: unknown): boolean {
  const { response } = answer as {
    response?: { claimsOverrideDetails?: { groupOverrideDetails?: { groupsToOverride?: unknown } } | null };
  };
  const found = response?.claimsOverrideDetails?.groupOverrideDetails?.groupsToOverride;
  return Array.isArray(found) && MEMBER_OF.every((group) => found.includes(group));
}
