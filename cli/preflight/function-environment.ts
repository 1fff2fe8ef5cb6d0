import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { isOwnedByCognito } from "../../config/attribute-rules";
import type { DestinationSettings } from "../../config/deployment";
import type { HandlerEnvironment } from "../../config/handler";
import type { SourceOutputs } from "../outputs";
import { attributeNames } from "./schema";

type Variables = Readonly<Record<string, string | undefined>>;

/** The key is in Terraform's state and nobody else's business. */
type Expected = Omit<HandlerEnvironment, "LOG_USER_KEY">;

/** Shortest key that the handler takes (config/handler.ts). */
const KEY_LENGTH = 32;

/**
 * What differs between the function's environment and what the destination stack would write now. A value is told only
 * where it is no secret.
 *
 * @param outputs What is undefined is not compared.
 */
export function environmentDifferences(
  found: Variables,
  settings: DestinationSettings,
  pool: UserPoolType,
  outputs: SourceOutputs,
): string[] {
  const expected: Expected = {
    ...expectedEnvironment(settings, pool),
    SOURCE_ROLE_ARN: outputs.roleArn ?? found["SOURCE_ROLE_ARN"] ?? "an output of the source stack",
    SOURCE_MFA_CONFIGURATION:
      outputs.mfaConfiguration ?? found["SOURCE_MFA_CONFIGURATION"] ?? "an output of the source stack",
    SOURCE_APP_CLIENT_ID: outputs.appClientId ?? found["SOURCE_APP_CLIENT_ID"] ?? "an output of the source stack",
  };
  return [
    ...Object.entries(expected)
      .filter(([name, value]) => comparable(name, found[name]) !== comparable(name, value))
      .map(([name, value]) => difference(name, found[name], value)),
    ...((found["LOG_USER_KEY"]?.length ?? 0) < KEY_LENGTH ? ["LOG_USER_KEY is missing or too short"] : []),
    ...Object.keys(found)
      .filter((name) => !(name in expected || name === "LOG_USER_KEY"))
      .map((name) => `${name} is a variable that the stack does not write`),
  ];
}

/** The handler never carries what Cognito owns, so it does not matter whether the schema lists it. */
function comparable(name: string, value = ""): string {
  return name === "DESTINATION_ATTRIBUTES" ? carried(value).join(",") : value;
}

const carried = (attributes: string): string[] => attributes.split(",").filter((name) => !isOwnedByCognito(name));

function difference(name: string, found = "nothing", expected = ""): string {
  if (name !== "DESTINATION_ATTRIBUTES") return `${name} is ${found} instead of ${expected || "nothing"}`;
  const [here, there] = [new Set(carried(found)), new Set(carried(expected))];
  const added = [...there].filter((attribute) => !here.has(attribute));
  const gone = [...here].filter((attribute) => !there.has(attribute));
  return `DESTINATION_ATTRIBUTES is not the pool's schema (it lacks ${added.join(" ") || "nothing"}, and has ${gone.join(" ") || "nothing"} too many)`;
}

/** As ../../stacks/destination.ts writes it, with Terraform's expressions computed. */
function expectedEnvironment(
  settings: DestinationSettings,
  pool: UserPoolType,
): Omit<Expected, "SOURCE_ROLE_ARN" | "SOURCE_APP_CLIENT_ID" | "SOURCE_MFA_CONFIGURATION"> {
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
    UNPROVEN_PASSWORD: settings.unprovenPassword,
    MFA_POLICY: settings.mfaPolicy,
    DESTINATION_ALIAS_ATTRIBUTES: aliasAttributes === undefined ? "" : aliasAttributes.join(",") || "none",
    ATTRIBUTE_EXCLUDE: attributeExclude.join(","),
    ATTRIBUTE_MAP: [...attributeMap].map((pair) => pair.join("=")).join(","),
  };
}
