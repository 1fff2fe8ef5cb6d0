import { isObject, type Json, type JsonObject, valueAt, withValueAt } from "../aws/json";
import { flowsOf } from "./auth-flows";
import { isState } from "./fields";

/**
 * What is in force where nothing is told, by AWS's own pages, so that it makes no difference whether an update has AWS tell it.
 * Not there: EnableTokenRevocation and UserPoolTier, whose default may not be what an old app client or user pool has.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignInPolicyType.html
 */
const USER_POOL_DEFAULTS: readonly Default[] = [
  { path: ["AdminCreateUserConfig", "AllowAdminCreateUserOnly"], value: false },
  { path: ["DeletionProtection"], value: "INACTIVE" },
  { path: ["EmailConfiguration", "EmailSendingAccount"], value: "COGNITO_DEFAULT" },
  { path: ["MfaConfiguration"], value: "OFF" },
  { path: ["Policies", "SignInPolicy", "AllowedFirstAuthFactors"], value: ["PASSWORD"] },
  { path: ["VerificationMessageTemplate", "DefaultEmailOption"], value: "CONFIRM_WITH_CODE" },
];

const APP_CLIENT_DEFAULTS: readonly Default[] = [
  { path: ["AllowedOAuthFlowsUserPoolClient"], value: false },
  { path: ["AuthSessionValidity"], value: 3 },
  { path: ["EnablePropagateAdditionalUserContextData"], value: false },
  { path: ["PreventUserExistenceErrors"], value: "LEGACY" },
];

interface Default {
  readonly path: readonly string[];
  readonly value: Json;
}

/** What a user pool or app client does, whichever of several ways to say so AWS has chosen. */
export function meaningOf(described: JsonObject): JsonObject {
  const isClient = "ClientId" in described;
  const told = withDefaults(described, isClient ? APP_CLIENT_DEFAULTS : USER_POOL_DEFAULTS);
  const settings = isClient
    ? { ...told, ExplicitAuthFlows: flowsOf(described) }
    : withOneTokenTrigger(withoutUnusedAccountValidity(told));
  const entries = Object.entries(settings)
    .filter(([name]) => !isState(name) && name !== "LastModifiedDate")
    .map(([name, value]): [string, Json] => [name, EMPTY_MATTERS.includes(name) ? value : withoutEmpty(value)])
    .filter(([name, value]) => EMPTY_MATTERS.includes(name) || !isEmpty(value));
  return Object.fromEntries(entries);
}

const withDefaults = (described: JsonObject, defaults: readonly Default[]): JsonObject =>
  defaults.reduce(
    (all, { path, value }) => (valueAt(all, path) === null ? withValueAt(all, path, value) : all),
    described,
  );

/**
 * The validity of a temporary password is told in two places, and only the newer one is looked at where both are there.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUserConfigType.html
 */
export function withoutUnusedAccountValidity(userPool: JsonObject): JsonObject {
  return valueAt(userPool, ["Policies", "PasswordPolicy", "TemporaryPasswordValidityDays"]) === null
    ? userPool
    : withValueAt(userPool, ["AdminCreateUserConfig", "UnusedAccountValidityDays"], null);
}

const TOKEN_TRIGGER = ["LambdaConfig", "PreTokenGenerationConfig"];
const OLD_TOKEN_TRIGGER = ["LambdaConfig", "PreTokenGeneration"];

/**
 * The trigger before a token is made has two names, which may only name the same function. The older one alone gives it the
 * first version of the event. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html
 */
function withOneTokenTrigger(userPool: JsonObject): JsonObject {
  const old = valueAt(userPool, OLD_TOKEN_TRIGGER);
  const current = valueAt(userPool, TOKEN_TRIGGER);
  const isSameFunction = current === null || valueAt(userPool, [...TOKEN_TRIGGER, "LambdaArn"]) === old;
  if (old === null || !isSameFunction) return userPool;
  const one = current ?? { LambdaArn: old, LambdaVersion: "V1_0" };
  return withValueAt(withValueAt(userPool, OLD_TOKEN_TRIGGER, null), TOKEN_TRIGGER, one);
}

/** An empty list of attributes is not the same as none: none means the defaults. */
const EMPTY_MATTERS: readonly string[] = ["ReadAttributes", "WriteAttributes"];

function withoutEmpty(json: Json): Json {
  if (!isObject(json)) return json;
  return Object.fromEntries(
    Object.entries(json)
      .map(([name, value]): [string, Json] => [name, withoutEmpty(value)])
      .filter(([, value]) => !isEmpty(value)),
  );
}

const isEmpty = (json: Json): boolean =>
  json === null || (Array.isArray(json) && json.length === 0) || (isObject(json) && Object.keys(json).length === 0);
