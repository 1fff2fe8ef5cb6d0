import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import type { HandlerEnvironment } from "../../config/handler";
import { attributeNames } from "./schema";

type Variables = Readonly<Record<string, string | undefined>>;

/** Only the source's outputs are not in the settings; they are compared when the settings replace them. */
type Expected = Omit<HandlerEnvironment, "SOURCE_ROLE_ARN" | "SOURCE_APP_CLIENT_ID" | "LOG_USER_KEY">;

/** Shortest key that the handler takes (config/handler.ts). */
const KEY_LENGTH = 32;

/**
 * What differs between the function's environment and what the destination stack would write now. A value is told only
 * where it is no secret.
 */
export function environmentDifferences(found: Variables, settings: DestinationSettings, pool: UserPoolType): string[] {
  const expected: Variables = { ...expectedEnvironment(settings, pool) };
  const known = new Set([...Object.keys(expected), "SOURCE_ROLE_ARN", "SOURCE_APP_CLIENT_ID", "LOG_USER_KEY"]);
  const { roleArn, appClientId } = settings.sourceOutputs ?? {};
  const isOther = (name: string, value: string | undefined): boolean =>
    found[name] === undefined || (value !== undefined && found[name] !== value);
  return [
    ...Object.entries(expected)
      .filter(([name, value]) => (found[name] ?? "") !== (value ?? ""))
      .map(([name, value]) => difference(name, found[name], value)),
    ...(isOther("SOURCE_ROLE_ARN", roleArn) ? [difference("SOURCE_ROLE_ARN", found["SOURCE_ROLE_ARN"], roleArn)] : []),
    ...(isOther("SOURCE_APP_CLIENT_ID", appClientId)
      ? [difference("SOURCE_APP_CLIENT_ID", found["SOURCE_APP_CLIENT_ID"], appClientId)]
      : []),
    ...((found["LOG_USER_KEY"]?.length ?? 0) < KEY_LENGTH ? ["LOG_USER_KEY is missing or too short"] : []),
    ...Object.keys(found)
      .filter((name) => !known.has(name))
      .map((name) => `${name} is a variable that the stack does not write`),
  ];
}

function difference(name: string, found = "nothing", expected = "something"): string {
  if (name !== "DESTINATION_ATTRIBUTES") return `${name} is ${found} instead of ${expected || "nothing"}`;
  const [here, there] = [new Set(found.split(",")), new Set(expected.split(","))];
  const added = [...there].filter((attribute) => !here.has(attribute));
  const gone = [...here].filter((attribute) => !there.has(attribute));
  return `DESTINATION_ATTRIBUTES is not the pool's schema (it lacks ${added.join(" ") || "nothing"}, and has ${gone.join(" ") || "nothing"} too many)`;
}

/** As ../../stacks/destination.ts writes it, with Terraform's expressions computed. */
function expectedEnvironment(settings: DestinationSettings, pool: UserPoolType): Expected {
  const { aliasAttributes, attributeExclude, attributeMap } = settings;
  return {
    SOURCE_USER_POOL_ID: settings.sourceUserPoolId,
    SOURCE_REGION: settings.sourceRegion,
    EXTERNAL_ID: settings.externalId,
    DESTINATION_USER_POOL_ID: settings.userPool.id,
    DESTINATION_ATTRIBUTES: attributeNames(pool).sort().join(","),
    DESTINATION_USERNAME_ATTRIBUTES: [...(pool.UsernameAttributes ?? [])].sort().join(",") || "none",
    DESTINATION_CASE_SENSITIVE: String(settings.caseSensitive),
    FORGOT_PASSWORD: settings.forgotPassword,
    MFA_POLICY: settings.mfaPolicy,
    DESTINATION_ALIAS_ATTRIBUTES: aliasAttributes === undefined ? "" : aliasAttributes.join(",") || "none",
    ATTRIBUTE_EXCLUDE: attributeExclude.join(","),
    ATTRIBUTE_MAP: [...attributeMap].map((pair) => pair.join("=")).join(","),
  };
}
