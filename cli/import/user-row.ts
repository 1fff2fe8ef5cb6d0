import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { AliasAttribute } from "../../config/attribute-rules";
import {
  type AttributeRules,
  type Attributes,
  type CarriedAttributes,
  carryAttributes,
} from "../../config/carry-attributes";
import {
  addressAttribute,
  isOwn,
  isSameName,
  isVerified,
  type NamedUser,
  type NameRules,
  ownName,
  withoutAnothersName,
} from "../../config/name-rules";
import { isCaseSensitive } from "../user-matching";
import { aliasesOf } from "./aliases";
import { csvBirthdate, csvCell, csvLine, MAX_ROW_LENGTH } from "./csv";
import type { LeftOutReason } from "./left-out";

type VerifiableAttribute = "email" | "phone_number";

export interface RowRules extends AttributeRules, NameRules {
  /** GetCSVHeader's columns, in its order; all must be there. */
  readonly header: readonly string[];
  readonly required: readonly string[];
  /** One of these must be verified: Cognito fails every other row. */
  readonly autoVerified: readonly VerifiableAttribute[];
  readonly mfaEnabled: "TRUE" | "FALSE";
  readonly destinationAliasAttributes: readonly AliasAttribute[];
  /** What users of the source sign in with, beside the username or instead of it. */
  readonly sourceSignInAttributes: readonly AliasAttribute[];
}

export interface SourceUser extends NamedUser {
  readonly enabled: boolean;
  readonly status: string;
}

export type Row = WrittenRow | LeftOut;

export interface WrittenRow {
  readonly kind: "row";
  readonly line: string;
  /** At the destination. */
  readonly username: string;
  /** What else this user will sign in with there. */
  readonly aliases: readonly string[];
  readonly dropped: readonly string[];
}

export interface LeftOut {
  readonly kind: "left_out";
  readonly reason: LeftOutReason;
  /** Attribute names, never values. */
  readonly detail?: string;
}

const leftOut = (reason: LeftOutReason, detail?: string): LeftOut => ({
  kind: "left_out",
  reason,
  ...(detail === undefined ? {} : { detail }),
});

/** What the two pools ask of a row. @param header Of GetCSVHeader. */
export function rowRules(
  source: UserPoolType,
  destination: UserPoolType,
  header: readonly string[],
  settings: Pick<AttributeRules, "attributeMap" | "attributeExclude">,
): RowRules {
  return {
    ...settings,
    header,
    destinationAttributes: new Set(header),
    // Each pool makes the sub itself.
    required: (destination.SchemaAttributes ?? []).flatMap(({ Name, Required }) =>
      Required && Name !== undefined && Name !== "sub" ? [Name] : [],
    ),
    autoVerified: destination.AutoVerifiedAttributes ?? [],
    // Once documented as never empty, and still allowed in this form.
    mfaEnabled: destination.MfaConfiguration === "ON" ? "TRUE" : "FALSE",
    destinationUsernameAttributes: destination.UsernameAttributes ?? [],
    destinationAliasAttributes: destination.AliasAttributes ?? [],
    destinationCaseSensitive: isCaseSensitive(destination),
    sourceSignInAttributes: [...(source.UsernameAttributes ?? []), ...(source.AliasAttributes ?? [])],
  };
}

/** Decides whether a user may be imported, and writes the row. */
export function rowOf(user: SourceUser, rules: RowRules): Row {
  const barred = barredBy(user);
  if (barred !== undefined) return leftOut(barred);
  const { attributes, dropped } = carried(user, rules);
  if (!rules.autoVerified.some((name) => attributes[name] && attributes[`${name}_verified`] === "true"))
    return leftOut("no_verified_channel");
  const username = usernameAtDestination(user, attributes, rules);
  if (username === undefined) return leftOut("no_sign_in_name");
  if (/\s/.test(username)) return leftOut("username_with_space");
  const missing = rules.required.filter((name) => !attributes[name]?.trim());
  if (missing.length > 0) return leftOut("missing_required", missing.join(", "));
  return written(username, attributes, dropped, rules);
}

/** Whoever the handler would not let come over by "forgot password" is not imported either: docs/decisions/0004. */
function barredBy({ enabled, status }: SourceUser): LeftOutReason | undefined {
  if (!enabled) return "disabled";
  switch (status) {
    case "CONFIRMED":
    case "RESET_REQUIRED":
      return undefined;
    case "EXTERNAL_PROVIDER":
      return "external_provider";
    case "UNCONFIRMED":
      return "unconfirmed";
    case "FORCE_CHANGE_PASSWORD":
      return "never_signed_in";
    default:
      return "unusable_status";
  }
}

/** What the handler would let come along, whichever of the user's names is typed. */
function carried(user: SourceUser, rules: RowRules): CarriedAttributes {
  return withoutAnothersName(carryAttributes(user.attributes, rules), rules, (name) =>
    namesAtSource(user, rules).some((own) => isSameName(own, name, rules)),
  );
}

/** What the source takes for this user and nobody else. */
function namesAtSource(user: NamedUser, { sourceSignInAttributes }: RowRules): (string | undefined)[] {
  const own = sourceSignInAttributes.filter((attribute) => isOwn(attribute, user));
  return [user.username, ...own.map((attribute) => user.attributes[attribute])];
}

/**
 * The name under which the handler would have made this user, so that people sign in as they would have: handler/sign-in-name.ts.
 *
 * @returns undefined when there is none that is the user's own.
 */
function usernameAtDestination(
  user: NamedUser,
  carriedOver: Attributes,
  { destinationUsernameAttributes, destinationAliasAttributes }: RowRules,
): string | undefined {
  const { username, attributes } = user;
  if (destinationUsernameAttributes.length > 0) {
    const own = destinationUsernameAttributes.filter((name) => carriedOver[name] && isOwn(name, user));
    const name = own.find((one) => isVerified(one, attributes)) ?? own[0];
    return name && carriedOver[name];
  }
  if (destinationAliasAttributes.length === 0) return ownName(user);
  // Such a pool refuses a username that looks like an alias.
  const rules = { destinationUsernameAttributes, destinationAliasAttributes };
  return addressAttribute(username, rules) === undefined ? username : attributes["sub"];
}

function written(username: string, attributes: Attributes, dropped: readonly string[], rules: RowRules): Row {
  const cells: string[] = [];
  for (const column of rules.header) {
    const value = cellOf(column, username, attributes, rules);
    if (value === undefined) return leftOut("unwritable_value", `${column}: no date or number that Cognito takes`);
    const cell = csvCell(value);
    if ("problem" in cell) return leftOut("unwritable_value", `${column}: ${cell.problem}`);
    cells.push(cell.text);
  }
  const line = csvLine(cells);
  if (line.length > MAX_ROW_LENGTH) return leftOut("row_too_long");
  const aliases = aliasesOf(attributes, {
    usernameAttributes: rules.destinationUsernameAttributes,
    aliasAttributes: rules.destinationAliasAttributes,
    caseSensitive: rules.destinationCaseSensitive,
  });
  return { kind: "row", line, username, aliases, dropped };
}

/** @returns "" for columns that nothing is known for, such as password_hash; undefined for a value that Cognito would not take. */
function cellOf(column: string, username: string, attributes: Attributes, rules: RowRules): string | undefined {
  const value = attributes[column];
  switch (column) {
    case "cognito:username":
      return username;
    case "cognito:mfa_enabled":
      return rules.mfaEnabled;
    case "email_verified":
    case "phone_number_verified":
      if (!attributes[column.replace("_verified", "")]) return "";
      return value === "true" ? "TRUE" : "FALSE";
    case "birthdate":
      return value ? csvBirthdate(value) : "";
    case "updated_at":
      // Seconds since 1970.
      return /^\d*$/.test(value?.trim() ?? "") ? (value ?? "") : undefined;
    default:
      return value ?? "";
  }
}
