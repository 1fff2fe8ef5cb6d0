import * as v from "valibot";
import { unrecognizable } from "./call-trigger";
import { type Claims, type GroupConfiguration, groupClaims, type TokenClaims } from "./token-claims";

/** The version of the event, by `PreTokenGenerationConfig.LambdaVersion`. */
export type EventVersion = "V1_0" | "V2_0" | "V3_0";

/** Where the answer of a function stands: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html */
export const answerMember = (version: EventVersion): string =>
  version === "V1_0" ? "claimsOverrideDetails" : "claimsAndScopeOverrideDetails";

/** A member may be missing or null. */
const maybe = <T extends v.GenericSchema>(schema: T) => v.optional(v.nullable(schema));
const names = maybe(v.array(v.string()));
const groupOverrideDetails = maybe(
  v.object({ groupsToOverride: names, iamRolesToOverride: names, preferredRole: maybe(v.string()) }),
);
const changes = { claimsToSuppress: names, groupOverrideDetails };
const firstSchema = maybe(v.object({ ...changes, claimsToAddOrOverride: maybe(v.record(v.string(), v.string())) }));
const ofOneToken = { claimsToSuppress: names, claimsToAddOrOverride: maybe(v.record(v.string(), v.unknown())) };
const secondSchema = maybe(
  v.object({
    groupOverrideDetails,
    idTokenGeneration: maybe(v.object(ofOneToken)),
    accessTokenGeneration: maybe(v.object({ ...ofOneToken, scopesToAdd: names, scopesToSuppress: names })),
  }),
);

/** A function cannot change them: the claim stays as it was. The same page. */
const FIXED = new Set(
  "acr amr aud at_hash auth_time azp client_id cognito:username device_key event_id exp iat identities iss jti nbf nonce origin_jti scope sub token_use username version".split(
    " ",
  ),
);
const isFixed = (claim: string): boolean => FIXED.has(claim) || claim.startsWith("dev:");

interface Changes {
  readonly claimsToAddOrOverride?: Claims | null | undefined;
  readonly claimsToSuppress?: readonly string[] | null | undefined;
}

/** What is both replaced and suppressed is suppressed. */
function changed(claims: Claims, { claimsToAddOrOverride, claimsToSuppress }: Changes): Claims {
  const added = Object.entries(claimsToAddOrOverride ?? {}).filter(([claim]) => !isFixed(claim));
  const gone = (claimsToSuppress ?? []).filter((claim) => !isFixed(claim));
  return Object.fromEntries(
    Object.entries({ ...claims, ...Object.fromEntries(added) }).filter(([claim]) => !gone.includes(claim)),
  );
}

const GROUP_CLAIMS = ["cognito:groups", "cognito:roles", "cognito:preferred_role"];

/**
 * The groups of both tokens, whatever the version. An empty or null object suppresses them. Where the member is missing they stay: AWS
 * does not say so, but its own example that changes other claims leaves it out.
 */
function regrouped({ id, access }: TokenClaims, details: v.InferOutput<typeof groupOverrideDetails>): TokenClaims {
  if (details === undefined) return { id, access };
  const groups: GroupConfiguration = {
    groupsToOverride: details?.groupsToOverride ?? [],
    iamRolesToOverride: details?.iamRolesToOverride ?? [],
    preferredRole: details?.preferredRole ?? null,
  };
  const without = (claims: Claims): Claims =>
    Object.fromEntries(Object.entries(claims).filter(([claim]) => !GROUP_CLAIMS.includes(claim)));
  const instead = groupClaims(groups);
  return { id: { ...without(id), ...instead.id }, access: { ...without(access), ...instead.access } };
}

/**
 * The claims as the function's answer has them. Version one changes the ID token, and of the access token the groups alone.
 *
 * @throws InvalidLambdaResponseException for an answer of another form.
 */
export function overridden(
  claims: TokenClaims,
  version: EventVersion,
  response: Readonly<Record<string, unknown>>,
): TokenClaims {
  const answer = response[answerMember(version)];
  return version === "V1_0" ? byFirstVersion(claims, answer) : bySecondVersion(claims, answer);
}

function byFirstVersion(claims: TokenClaims, answer: unknown): TokenClaims {
  const details = read(firstSchema, answer);
  if (!details) return claims;
  const { id, access } = regrouped(claims, details.groupOverrideDetails);
  return { access, id: changed(id, details) };
}

function bySecondVersion(claims: TokenClaims, answer: unknown): TokenClaims {
  const details = read(secondSchema, answer);
  if (!details) return claims;
  const { id, access } = regrouped(claims, details.groupOverrideDetails);
  const { scopesToAdd, scopesToSuppress, ...ofAccess } = details.accessTokenGeneration ?? {};
  const scopes = [...String(access["scope"]).split(" "), ...(scopesToAdd ?? [])];
  const scope = [...new Set(scopes)].filter((one) => !(scopesToSuppress ?? []).includes(one)).join(" ");
  return { id: changed(id, details.idTokenGeneration ?? {}), access: changed({ ...access, scope }, ofAccess) };
}

function read<T extends v.GenericSchema>(schema: T, answer: unknown): v.InferOutput<T> {
  const parsed = v.safeParse(schema, answer);
  if (!parsed.success) throw unrecognizable();
  return parsed.output;
}
