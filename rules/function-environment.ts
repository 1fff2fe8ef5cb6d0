import * as v from "valibot";
import { listText, mapText, namesOf } from "./attribute-names";
import {
  type AttributeMap,
  aliasAttributeList,
  attributeList,
  attributeMapOrNone,
  FORGOT_PASSWORD_POLICIES,
  flag,
  MFA_CONFIGURATIONS,
  MFA_POLICIES,
  UNPROVEN_PASSWORD_POLICIES,
  usernameAttributeList,
} from "./attribute-rules";
import { type CamelCased, camelCase, camelCased } from "./camel-case";
import { type GroupMap, groupListOrNone, groupMapOrNone } from "./group-names";
import type { AliasAttribute } from "./names";
import { schemaText } from "./schema";
import type { StampPolicy } from "./stamp-settings";

const text = v.pipe(v.string(), v.minLength(1));

/** A variable that is written as it is. */
const plain = <Schema extends v.GenericSchema<string, string>>(schema: Schema) => ({
  schema,
  write: (value: v.InferOutput<Schema>): string | undefined => value,
});

/** A list that is not written where nothing is in it. */
const names = <Schema extends v.GenericSchema<string | undefined, readonly string[]>>(schema: Schema) => ({
  schema,
  write: (all: readonly string[]): string | undefined => (all.length > 0 ? listText(all) : undefined),
});

/** What decides whether a variable is written beside its own value. */
interface Stamping {
  readonly migrationStamp: StampPolicy;
}

/**
 * What the settings say of how the function migrates: how each variable is read, and written. A rule has the name of its variable,
 * in camel case; nothing is written where `write` gives undefined, because Lambda takes no empty value.
 */
export const SETTLED = {
  SOURCE_USER_POOL_ID: plain(text),
  SOURCE_REGION: plain(text),
  EXTERNAL_ID: plain(text),
  DESTINATION_USER_POOL_ID: plain(text),
  DESTINATION_CASE_SENSITIVE: {
    schema: flag,
    write: (isCaseSensitive: boolean): string | undefined => String(isCaseSensitive),
  },
  FORGOT_PASSWORD: plain(v.picklist(FORGOT_PASSWORD_POLICIES)),
  UNPROVEN_PASSWORD: plain(v.picklist(UNPROVEN_PASSWORD_POLICIES)),
  MFA_POLICY: plain(v.picklist(MFA_POLICIES)),
  /** Undefined: nobody has said whether there are any. */
  DESTINATION_ALIAS_ATTRIBUTES: {
    schema: v.undefinedable(aliasAttributeList),
    write: (names: readonly AliasAttribute[] | undefined): string | undefined => names && (names.join(",") || "none"),
  },
  ATTRIBUTE_EXCLUDE: {
    schema: v.pipe(
      v.undefinedable(attributeList),
      v.transform((names): ReadonlySet<string> => new Set(names)),
    ),
    write: (names: readonly string[]): string | undefined => (names.length > 0 ? listText(names) : undefined),
  },
  ATTRIBUTE_MAP: {
    schema: attributeMapOrNone,
    write: (map: AttributeMap): string | undefined => (map.size > 0 ? mapText(map) : undefined),
  },
  /** Undefined: no stamps are made. */
  STAMP_ATTRIBUTE: {
    schema: v.optional(text),
    write: (name: string, { migrationStamp }: Stamping): string | undefined =>
      migrationStamp === "on" ? name : undefined,
  },
  /** None: groups do not travel. */
  GROUPS: names(groupListOrNone),
  GROUPS_MAP: {
    schema: groupMapOrNone,
    write: (map: GroupMap): string | undefined => (map.size > 0 ? mapText(map) : undefined),
  },
  GROUPS_OR_REFUSE: names(groupListOrNone),
};

type Settled = typeof SETTLED;

/** What the source's state, the destination pool and Terraform add. Only LOG_USER_KEY is to be kept: with it and the log one can test guesses at who signed in. */
const ADDED = {
  SOURCE_ROLE_ARN: text,
  SOURCE_APP_CLIENT_ID: text,
  SOURCE_MFA_CONFIGURATION: v.picklist(MFA_CONFIGURATIONS),
  /** What users of the source sign in with instead of a username, or `none`. There is no default: each would be unsafe somewhere. */
  SOURCE_USERNAME_ATTRIBUTES: usernameAttributeList,
  /** What applications can write there, read from the pool itself when Terraform plans. */
  DESTINATION_SCHEMA: schemaText,
  /** Likewise: what users sign in with instead of a username, or `none`. */
  DESTINATION_USERNAME_ATTRIBUTES: usernameAttributeList,
  /** Key of the hash by which a user is recognized in the log. */
  LOG_USER_KEY: v.pipe(v.string(), v.minLength(32)),
};

/**
 * What Terraform adds where stamps are made. Whoever reads STAMP_KEY makes themselves members of any group in DESTINATION_GROUPS:
 * SECURITY.md.
 */
const ADDED_FOR_STAMPS = {
  /** Of two UUIDs, 244 bits of which are random. */
  STAMP_KEY: v.optional(v.pipe(v.string(), v.minLength(64))),
  /** Groups of the destination that may be filled, read from the pool itself when Terraform plans. */
  DESTINATION_GROUPS: v.optional(
    v.pipe(
      v.string(),
      v.transform((text): readonly string[] | undefined => namesOf(text)),
      v.check((all) => all !== undefined),
    ),
  ),
};

/** Set by Lambda in every execution environment: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED = {
  AWS_REGION: text,
  AWS_ACCESS_KEY_ID: text,
  AWS_SECRET_ACCESS_KEY: text,
  AWS_SESSION_TOKEN: v.optional(text),
};

/** What the settings alone say of how the function migrates. */
export type FunctionRules = CamelCased<{ [Name in keyof Settled]: Parameters<Settled[Name]["write"]>[0] }> & Stamping;

/** The part of the function's environment that they decide. */
export type RulesEnvironment = { readonly [Name in keyof Settled]?: string };

/** All of it, as the stack writes it: strings that may hold Terraform's references. */
export type HandlerEnvironment = RulesEnvironment &
  Readonly<Record<keyof typeof ADDED, string>> & { readonly [Name in keyof typeof ADDED_FOR_STAMPS]?: string };

export const HANDLER_VARIABLES: readonly string[] = Object.keys({ ...SETTLED, ...ADDED, ...ADDED_FOR_STAMPS });

/** What is optional and not set is absent. */
export function rulesEnvironment(rules: FunctionRules): RulesEnvironment {
  const written = Object.entries(SETTLED).map(([name, { write }]) => {
    const value = rules[camelCase(name as keyof Settled)];
    return [name, (write as (value: unknown, rules: Stamping) => string | undefined)(value, rules)] as const;
  });
  return Object.fromEntries(written.filter(([, value]) => value !== undefined));
}

type Read = { [Name in keyof Settled]: v.InferOutput<Settled[Name]["schema"]> } & {
  [Name in keyof typeof ADDED]: v.InferOutput<(typeof ADDED)[Name]>;
} & { [Name in keyof typeof ADDED_FOR_STAMPS]: v.InferOutput<(typeof ADDED_FOR_STAMPS)[Name]> };

/** The environment as the handler reads it, each variable by its name in camel case. */
export interface HandlerSettings extends CamelCased<Read> {
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

const schemas = Object.fromEntries(Object.entries(SETTLED).map(([name, { schema }]) => [name, schema])) as {
  [Name in keyof Settled]: Settled[Name]["schema"];
};
const SCHEMA = v.object({ ...ADDED, ...ADDED_FOR_STAMPS, ...schemas, ...RESERVED });

/** @throws {HandlerSettingsError} naming every variable that is missing or malformed. */
export function parseHandlerSettings(env: Readonly<Record<string, string | undefined>>): HandlerSettings {
  // Each name is there, so that each is read: what is absent may have a meaning.
  const result = v.safeParse(SCHEMA, Object.fromEntries(Object.keys(SCHEMA.entries).map((name) => [name, env[name]])));
  if (!result.success) {
    // The first step of the path: what follows is part of a value.
    const names = new Set(result.issues.map(({ path }) => path?.[0]?.key));
    throw new HandlerSettingsError(`missing or malformed in the function's environment: ${[...names].join(", ")}`);
  }
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, ...variables } = result.output;
  return {
    ...camelCased(variables),
    region: AWS_REGION,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
    },
  };
}
