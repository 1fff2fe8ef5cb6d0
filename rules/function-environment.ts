import * as v from "valibot";
import {
  type AttributeMap,
  aliasAttributeList,
  attributeList,
  attributeMap,
  FORGOT_PASSWORD_POLICIES,
  type ForgotPasswordPolicy,
  MFA_CONFIGURATIONS,
  MFA_POLICIES,
  type MfaConfiguration,
  type MfaPolicy,
  UNPROVEN_PASSWORD_POLICIES,
  type UnprovenPasswordPolicy,
  usernameAttributeList,
} from "./attribute-rules";
import type { AliasAttribute, UsernameAttribute } from "./names";
import { type Schema, schemaText } from "./schema";

const text = v.pipe(v.string(), v.minLength(1));

/**
 * The function's environment: what the destination stack writes and the handler reads back, so that a name which one
 * of them misses does not compile. Only LOG_USER_KEY is to be kept: with it and the log one can test guesses at who signed in.
 */
const ENVIRONMENT = {
  SOURCE_USER_POOL_ID: text,
  SOURCE_REGION: text,
  SOURCE_ROLE_ARN: text,
  SOURCE_APP_CLIENT_ID: text,
  SOURCE_MFA_CONFIGURATION: v.picklist(MFA_CONFIGURATIONS),
  /** What users of the source sign in with instead of a username, or `none`. There is no default: each would be unsafe somewhere. */
  SOURCE_USERNAME_ATTRIBUTES: usernameAttributeList,
  EXTERNAL_ID: text,
  DESTINATION_USER_POOL_ID: text,
  /** What applications can write there, read from the pool itself when Terraform plans. */
  DESTINATION_SCHEMA: schemaText,
  /** Likewise: what users sign in with instead of a username, or `none`. */
  DESTINATION_USERNAME_ATTRIBUTES: usernameAttributeList,
  DESTINATION_ALIAS_ATTRIBUTES: v.optional(aliasAttributeList),
  DESTINATION_CASE_SENSITIVE: v.pipe(
    v.picklist(["true", "false"]),
    v.transform((value) => value === "true"),
  ),
  FORGOT_PASSWORD: v.picklist(FORGOT_PASSWORD_POLICIES),
  UNPROVEN_PASSWORD: v.picklist(UNPROVEN_PASSWORD_POLICIES),
  MFA_POLICY: v.picklist(MFA_POLICIES),
  ATTRIBUTE_EXCLUDE: v.optional(attributeList),
  ATTRIBUTE_MAP: v.optional(attributeMap),
  /** Key of the hash by which a user is recognized in the log. */
  LOG_USER_KEY: v.pipe(v.string(), v.minLength(32)),
};

/** Set by Lambda in every execution environment: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED = {
  AWS_REGION: text,
  AWS_ACCESS_KEY_ID: text,
  AWS_SECRET_ACCESS_KEY: text,
  AWS_SESSION_TOKEN: v.optional(text),
};

type Optional = "DESTINATION_ALIAS_ATTRIBUTES" | "ATTRIBUTE_EXCLUDE" | "ATTRIBUTE_MAP";

/** Values as the stack knows them: strings that may hold Terraform references. */
export type HandlerEnvironment = Readonly<
  Record<Exclude<keyof typeof ENVIRONMENT, Optional>, string> & { [Name in Optional]?: string }
>;

export interface HandlerSettings {
  readonly sourceUserPoolId: string;
  readonly sourceRegion: string;
  readonly sourceRoleArn: string;
  readonly sourceAppClientId: string;
  readonly sourceMfaConfiguration: MfaConfiguration;
  /** What users of the source sign in with instead of a username. */
  readonly sourceUsernameAttributes: readonly UsernameAttribute[];
  readonly externalId: string;
  readonly destinationUserPoolId: string;
  readonly destinationSchema: Schema;
  readonly destinationUsernameAttributes: readonly UsernameAttribute[];
  /** Undefined: nobody has said whether there are any. */
  readonly destinationAliasAttributes: readonly AliasAttribute[] | undefined;
  readonly destinationCaseSensitive: boolean;
  readonly forgotPassword: ForgotPasswordPolicy;
  readonly unprovenPassword: UnprovenPasswordPolicy;
  readonly mfaPolicy: MfaPolicy;
  readonly attributeExclude: ReadonlySet<string>;
  readonly attributeMap: AttributeMap;
  /** Key of the hash by which a user is recognized in the log. */
  readonly logUserKey: string;
  /** Of the function itself: where its STS is. */
  readonly region: string;
  /** Of the execution role. */
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** A wrong environment, by variable name only: the values include credentials. */
export class HandlerSettingsError extends Error {
  override readonly name = "HandlerSettingsError";
}

/** @throws {HandlerSettingsError} naming every variable that is missing or malformed. */
export function parseHandlerSettings(env: Readonly<Record<string, string | undefined>>): HandlerSettings {
  const result = v.safeParse(v.object({ ...ENVIRONMENT, ...RESERVED }), env);
  if (!result.success) {
    // The first step of the path: what follows is part of a value.
    const names = new Set(result.issues.map(({ path }) => path?.[0]?.key));
    throw new HandlerSettingsError(`missing or malformed in the function's environment: ${[...names].join(", ")}`);
  }
  const e = result.output;
  return {
    sourceUserPoolId: e.SOURCE_USER_POOL_ID,
    sourceRegion: e.SOURCE_REGION,
    sourceRoleArn: e.SOURCE_ROLE_ARN,
    sourceAppClientId: e.SOURCE_APP_CLIENT_ID,
    sourceMfaConfiguration: e.SOURCE_MFA_CONFIGURATION,
    sourceUsernameAttributes: e.SOURCE_USERNAME_ATTRIBUTES,
    externalId: e.EXTERNAL_ID,
    destinationUserPoolId: e.DESTINATION_USER_POOL_ID,
    destinationSchema: e.DESTINATION_SCHEMA,
    destinationUsernameAttributes: e.DESTINATION_USERNAME_ATTRIBUTES,
    destinationAliasAttributes: e.DESTINATION_ALIAS_ATTRIBUTES,
    destinationCaseSensitive: e.DESTINATION_CASE_SENSITIVE,
    forgotPassword: e.FORGOT_PASSWORD,
    unprovenPassword: e.UNPROVEN_PASSWORD,
    mfaPolicy: e.MFA_POLICY,
    attributeExclude: new Set(e.ATTRIBUTE_EXCLUDE),
    attributeMap: e.ATTRIBUTE_MAP ?? new Map(),
    logUserKey: e.LOG_USER_KEY,
    region: e.AWS_REGION,
    credentials: {
      accessKeyId: e.AWS_ACCESS_KEY_ID,
      secretAccessKey: e.AWS_SECRET_ACCESS_KEY,
      ...(e.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: e.AWS_SESSION_TOKEN }),
    },
  };
}
