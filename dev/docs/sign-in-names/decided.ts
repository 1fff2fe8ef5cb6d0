import { createHmac } from "node:crypto";
import type { UserPoolType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import { refuseImpossible } from "../../../cli/import/rules";
import { type RowRules, rowOf, rowRules } from "../../../cli/import/user-row";
import { arrivalOf } from "../../../cli/pools/arrival";
import type { ConfirmedPools } from "../../../cli/pools/confirmed-pools";
import { poolRules } from "../../../cli/pools/pool-rules";
import { CommandError } from "../../../cli/program/exit";
import { type DestinationSettings, parseDeployment } from "../../../config/deployment";
import { handOver, type MigrationRules } from "../../../rules/hand-over";
import { csvHeader, fieldsOf } from "../../../sandbox/aws/user-pool/import-csv";
import { schemaWith } from "../../../sandbox/aws/user-pool/schema";
import { folded } from "../../../sandbox/aws/user-pool/user-names";
import type { UserPool } from "../../../sandbox/aws/user-pool/user-pool";
import { namingOf, type Pair } from "./pool-pairs";
import { type NameKind, namesIn, type SourceUser, usersOf } from "./source-users";

/** What became of one user of the source, whoever has found it out. */
export interface Found {
  readonly user: SourceUser;
  /** Each name that works at the source. */
  readonly names: readonly FoundName[];
  /** By which names the user is known at the destination after an import; undefined: left out. */
  readonly imported: readonly string[] | undefined;
}

export interface FoundName {
  readonly kind: NameKind;
  readonly name: string;
  /** Undefined: nobody comes by it. Where the destination has usernames, the one with which the user is made. */
  readonly username: string | undefined;
  /** Whether it signs the user in who has come by the first name that works. */
  readonly stays: boolean;
}

const SCHEMA = schemaWith([], ["source_sub"]);
export const SETTINGS = { attributeMap: new Map([["sub", "custom:source_sub"]]), attributeExclude: new Set<string>() };

/** What holds where no setting says otherwise. */
const DEFAULTS = parseDeployment({
  USER_POOL_NAME: "users",
  SOURCE_USER_POOL_ID: "eu-west-1_Source",
  DESTINATION_USER_POOL_ARN: "arn:aws:cognito-idp:eu-west-1:222222222222:userpool/eu-west-1_Destination",
}).destination as DestinationSettings;

/** As AWS describes the pools of a pair. */
export function describedPools(pair: Pair): { readonly source: UserPoolType; readonly destination: UserPoolType } {
  const described = (side: "source" | "destination"): UserPoolType => ({
    UsernameAttributes: [...pair[side].usernameAttributes],
    AliasAttributes: [...pair[side].aliasAttributes],
    UsernameConfiguration: { CaseSensitive: pair.letters[side] },
    SchemaAttributes: [...SCHEMA],
    AutoVerifiedAttributes: ["email", "phone_number"],
    MfaConfiguration: "OFF",
  });
  return { source: described("source"), destination: described("destination") };
}

/** As ListUsers tells of a user. */
export const listedUser = ({ username, attributes }: SourceUser): UserType => ({
  Username: username,
  Enabled: true,
  UserStatus: "CONFIRMED",
  Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
});

/** What handler and import decide of each user of the source; no pool is asked. */
export function decidedOf(pair: Pair): readonly Found[] {
  return usersOf(namingOf(pair, "source")).map((user) => ({
    user,
    names: decidedNames(pair, user),
    imported: importedNames(pair, user),
  }));
}

function decidedNames(pair: Pair, user: SourceUser): readonly FoundName[] {
  const source = namingOf(pair, "source");
  const names = namesIn(source, user);
  const comes = names.map(({ name }) => handedOver(pair, user, name));
  const first = comes.find((one) => one !== undefined);
  return names.map(({ kind, name }, at) => ({
    kind,
    name,
    username: comes[at]?.username,
    stays: comes[at] !== undefined && first !== undefined && isKnownBy(pair, first, name),
  }));
}

interface Made {
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The user that Cognito would make of who types this; undefined when the function refuses. */
function handedOver(pair: Pair, user: SourceUser, name: string): Made | undefined {
  const [source, destination] = [namingOf(pair, "source"), namingOf(pair, "destination")];
  const typed = folded(destination, name);
  const isKnown = namesIn(source, user).some((one) => folded(source, one.name) === folded(source, typed));
  if (!isKnown) return undefined;
  const pools = describedPools(pair);
  const rules: MigrationRules = {
    ...DEFAULTS,
    ...poolRules(pools.source, pools.destination, SETTINGS),
    sourceMfaConfiguration: "OFF",
  };
  const found = { ...user, enabled: true, status: "CONFIRMED", mfaSettings: [] };
  const decision = handOver(typed, rules, found, { proven: true }, { createHmac, nowSeconds: 0 });
  if (!("response" in decision)) return undefined;
  const { username = typed, ...attributes } = decision.response.userAttributes;
  return { username: destination.usernameAttributes.length > 0 ? "made by Cognito" : username, attributes };
}

function isKnownBy(pair: Pair, made: Made, name: string): boolean {
  const destination = namingOf(pair, "destination");
  return namesIn(destination, made).some((one) => folded(destination, one.name) === folded(destination, name));
}

function importedNames(pair: Pair, user: SourceUser): readonly string[] | undefined {
  const { source, destination } = describedPools(pair);
  const header = csvHeader({ schema: SCHEMA, seed: {} } as unknown as UserPool);
  const rules = rowRules(source, destination, header, SETTINGS);
  if (isRefused(source, destination, rules)) return undefined;
  const row = rowOf({ ...user, enabled: true, status: "CONFIRMED" }, arrivalOf(user, rules), rules);
  if (row.kind !== "row") return undefined;
  const cells = fieldsOf(row.line).map((value, at): [string, string] => [header[at] ?? "", value]);
  const { "cognito:username": username = "", ...attributes } = Object.fromEntries(cells.filter(([, value]) => value));
  const naming = namingOf(pair, "destination");
  return namesIn(naming, { username, attributes }).map(({ name }) => folded(naming, name));
}

/** Whether the command ends before it reads a user. */
export function isRefused(source: UserPoolType, destination: UserPoolType, rules: RowRules): boolean {
  const place = (userPool: UserPoolType) => ({ userPool, side: { userPoolId: "" } });
  const places = { source: place(source), destination: place(destination) } as unknown as ConfirmedPools;
  try {
    const options = { apply: false, dropMfa: false, logsRoleArn: undefined };
    refuseImpossible(places, DEFAULTS, rules, options);
    return false;
  } catch (error) {
    if (error instanceof CommandError) return true;
    throw error;
  }
}
