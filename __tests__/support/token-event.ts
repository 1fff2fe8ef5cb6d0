import { createHmac } from "node:crypto";
import { mintStamp, type Stamp } from "../../rules/stamp";
import type { TokenRules } from "../../rules/token-groups";

export const POOL = "eu-central-1_Dest0001";
export const ATTRIBUTE = "custom:migration";
export const STAMP_KEY = "4b1f1f0e-0000-4000-8000-000000000001a2c4e6f8-0000-4000-8000-000000000002";
/** 2026-01-02T03:04:05Z */
export const NOW = 1767323045;

export const RULES: TokenRules = {
  destinationUserPoolId: POOL,
  destinationUsernameAttributes: [],
  destinationCaseSensitive: true,
  stampAttribute: ATTRIBUTE,
  stampKeys: [STAMP_KEY],
  groupsMode: "token+member",
  groupsWindow: 86_400,
  sendsEvents: true,
};

export const SURROUNDINGS = { createHmac, nowSeconds: NOW };

/** A stamp as the migrating function writes it, for whoever is called so. */
export function stampFor(
  name: string,
  over: Partial<Stamp> = {},
  { userPoolId = POOL, key = STAMP_KEY }: { readonly userPoolId?: string; readonly key?: string } = {},
): string {
  const stamp = { sourceSub: "source-sub", how: "proven", issuedAt: NOW - 5, groups: ["editors"], ...over } as const;
  return mintStamp(createHmac, key, stamp, { userPoolId, names: [name] });
}

/**
 * An event as Cognito sends it, with the members of the page in it.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export function tokenEvent(
  attributes: Readonly<Record<string, string>> | undefined,
  over: Readonly<Record<string, unknown>> = {},
  groupConfiguration: unknown = { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
): Record<string, unknown> {
  return {
    version: "1",
    triggerSource: "TokenGeneration_Authentication",
    region: "eu-central-1",
    userPoolId: POOL,
    userName: "jane",
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "app-client" },
    request: {
      userAttributes: { sub: "destination-sub", "cognito:user_status": "CONFIRMED", ...attributes },
      groupConfiguration,
    },
    response: { claimsOverrideDetails: null },
    ...over,
  };
}
