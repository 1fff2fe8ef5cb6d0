import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { type Attributes, isSameName, isTrue, type NamedUser } from "../../rules/names";
import type { OwnName } from "../../rules/own-name";
import { isValue, requiredBy } from "../../rules/required-attributes";
import type { AttributeDefinition } from "../../rules/schema";
import { namesAtSource } from "../../rules/source-names";
import type { Arrival } from "../pools/arrival";
import { type CarryingSettings, type PoolRules, poolRules } from "../pools/pool-rules";
import { csvBirthdate, csvCell, csvLine, MAX_ROW_LENGTH } from "./csv";
import type { LeftOutReason } from "./left-out";

export interface RowRules extends PoolRules {
  /** GetCSVHeader's columns, in its order; all must be there. */
  readonly header: readonly string[];
  readonly required: readonly string[];
  /** One of these must be verified: Cognito fails every other row. */
  readonly autoVerified: readonly ("email" | "phone_number")[];
  readonly mfaEnabled: "TRUE" | "FALSE";
}

export interface ImportCandidate extends NamedUser {
  readonly enabled: boolean;
  readonly status: string;
}

export type Row = WrittenRow | LeftOut;

export interface WrittenRow {
  readonly kind: "row";
  readonly line: string;
  /** At the destination: the first is what the user is created under, the others what else signs the user in. */
  readonly names: readonly [OwnName, ...OwnName[]];
  /** Whether none of the names is one by which the source knows the user. */
  readonly renamed: boolean;
  readonly dropped: readonly string[];
}

export interface LeftOut {
  readonly kind: "left_out";
  readonly reason: LeftOutReason;
  /** Attribute names, never values. */
  readonly detail?: string;
}

export const leftOut = (reason: LeftOutReason, detail?: string): LeftOut => ({
  kind: "left_out",
  reason,
  ...(detail === undefined ? {} : { detail }),
});

/** What a column takes that the pool's schema does not describe. */
const ANY_TEXT: AttributeDefinition = { type: "String", min: undefined, max: undefined, required: false };

/** What the two pools ask of a row. @param header Of GetCSVHeader. */
export function rowRules(
  source: UserPoolType,
  destination: UserPoolType,
  header: readonly string[],
  settings: CarryingSettings,
): RowRules {
  const rules = poolRules(source, destination, settings);
  return {
    ...rules,
    destinationSchema: new Map(header.map((name) => [name, rules.destinationSchema.get(name) ?? ANY_TEXT])),
    header,
    required: requiredBy(rules.destinationSchema),
    autoVerified: destination.AutoVerifiedAttributes ?? [],
    // Once documented as never empty, and still allowed in this form.
    mfaEnabled: destination.MfaConfiguration === "ON" ? "TRUE" : "FALSE",
  };
}

/** Decides whether a user may be imported, and writes the row. @param arrival Of this user, by these rules. */
export function rowOf(user: ImportCandidate, arrival: Arrival, rules: RowRules): Row {
  const barred = barredBy(user);
  if (barred !== undefined) return leftOut(barred);
  const { attributes, dropped, lacks, names } = arrival;
  if (!rules.autoVerified.some((name) => attributes[name] && isTrue(attributes[`${name}_verified`])))
    return leftOut("no_verified_channel");
  const [first, ...others] = names;
  if (first === undefined) return leftOut("no_sign_in_name");
  if (lacks !== undefined) return leftOut(lacks);
  if (/\s/.test(first.name)) return leftOut("username_with_space");
  const missing = rules.required.filter((name) => !isValue(attributes[name]));
  if (missing.length > 0) return leftOut("missing_required", missing.join(", "));
  const line = lineOf(first.name, attributes, rules);
  if (typeof line !== "string") return line;
  const before = namesAtSource(user, rules);
  const renamed = !names.some(({ name }) => before.some((one) => isSameName(one.name, name, rules)));
  return { kind: "row", line, names: [first, ...others], renamed, dropped };
}

/** Whoever the handler would not let come over by "forgot password" is not imported either: docs/decisions/0004. */
function barredBy({ enabled, status }: ImportCandidate): LeftOutReason | undefined {
  if (!enabled) return "disabled";
  if (status === "CONFIRMED" || status === "RESET_REQUIRED") return undefined;
  return BARRED.get(status) ?? "unusable_status";
}

const BARRED: ReadonlyMap<string, LeftOutReason> = new Map([
  ["EXTERNAL_PROVIDER", "external_provider"],
  ["UNCONFIRMED", "unconfirmed"],
  ["FORCE_CHANGE_PASSWORD", "never_signed_in"],
]);

function lineOf(username: string, attributes: Attributes, rules: RowRules): string | LeftOut {
  const cells: string[] = [];
  for (const column of rules.header) {
    const value = cellOf(column, username, attributes, rules);
    if (value === undefined) return leftOut("unwritable_value", `${column}: no date or number that Cognito takes`);
    const cell = csvCell(value);
    if ("problem" in cell) return leftOut("unwritable_value", `${column}: ${cell.problem}`);
    cells.push(cell.text);
  }
  const line = csvLine(cells);
  return line.length > MAX_ROW_LENGTH ? leftOut("row_too_long") : line;
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
      return isTrue(value) ? "TRUE" : "FALSE";
    case "birthdate":
      return value ? csvBirthdate(value) : "";
    case "updated_at":
      // Seconds since 1970.
      return /^\d*$/.test(value?.trim() ?? "") ? (value ?? "") : undefined;
    default:
      return value ?? "";
  }
}
