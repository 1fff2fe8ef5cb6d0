import { invalidParameter } from "./exception";
import { type Attributes, isTrue, type SchemaAttribute, STANDARD } from "./schema";
import type { Settings } from "./settings";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html */
export const MAX_ROWS = 500_000;
export const MAX_BYTES = 100 * 1024 * 1024;
const MAX_ROW_CHARACTERS = 16_000;

/** What of a user pool decides which rows it takes. */
export interface CsvPool {
  readonly schema: readonly SchemaAttribute[];
  readonly settings: Settings;
  readonly seed: { readonly passwordHashColumn?: boolean };
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetCSVHeader.html */
export function csvHeader({ schema, seed }: CsvPool): readonly string[] {
  const custom = schema.map(({ Name }) => Name).filter((name) => name.startsWith("custom:"));
  const hash = seed.passwordHashColumn === true ? ["password_hash"] : [];
  return [...STANDARD, ...custom, "cognito:mfa_enabled", "cognito:username", ...hash];
}

/** There are no quotes; a comma inside a value stands behind a backslash, and spaces around a value do not count. */
export function fieldsOf(row: string): string[] {
  const fields = [""];
  for (const [part] of row.matchAll(/\\[\s\S]|[\s\S]/g)) {
    if (part === ",") fields.push("");
    else fields[fields.length - 1] += part === "\\," ? "," : part;
  }
  return fields.map((field) => field.trim());
}

/** The same columns in any order. @throws when the first row is another one. */
export function columnsOf(pool: CsvPool, firstRow: string): readonly string[] {
  const columns = fieldsOf(firstRow);
  const expected = csvHeader(pool);
  if ([...columns].sort().join() !== [...expected].sort().join())
    throw invalidParameter("The header of the .csv file does not match the user pool's.");
  return columns;
}

export interface Row {
  readonly name: string;
  readonly attributes: Attributes;
}

/** @throws with the reason that the log gives for a row that cannot be a user of this pool. */
export function readRow(pool: CsvPool, columns: readonly string[], line: string): Row {
  if (line.length > MAX_ROW_CHARACTERS) throw invalidParameter("The user record is too long.");
  const fields = fieldsOf(line);
  if (fields.length !== columns.length) throw invalidParameter("The user record has another number of columns.");
  const values = new Map(columns.map((column, index) => [column, fields[index] ?? ""]));
  const name = values.get("cognito:username") ?? "";
  if (name === "") throw invalidParameter("The user record has no cognito:username.");
  if (/\s/.test(name)) throw invalidParameter("The cognito:username has spaces.");
  const mfa = values.get("cognito:mfa_enabled") ?? "";
  checkMfa(pool.settings.MfaConfiguration, mfa);
  for (const column of ["cognito:username", "cognito:mfa_enabled", "password_hash"]) values.delete(column);
  const attributes = Object.fromEntries([...values].filter(([, value]) => value !== ""));
  if (attributes["birthdate"] !== undefined) attributes["birthdate"] = isoDate(attributes["birthdate"]);
  for (const column of ["email_verified", "phone_number_verified"])
    if (attributes[column] !== undefined) attributes[column] = attributes[column].toLowerCase();
  checkVerified(pool, attributes);
  return { name, attributes };
}

/** The file has mm/dd/yyyy, the attribute YYYY-MM-DD. */
function isoDate(birthdate: string): string {
  const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(birthdate) ?? [];
  if (year === undefined) throw invalidParameter("The birthdate is not mm/dd/yyyy.");
  return `${year}-${month}-${day}`;
}

function checkMfa(configuration: unknown, value: string): void {
  const wrong = { ON: /^false$/i, OFF: /^true$/i, OPTIONAL: /^$.^/ }[configuration as "ON" | "OFF" | "OPTIONAL"];
  if (!/^(true|false|)$/i.test(value) || wrong?.test(value))
    throw invalidParameter("The cognito:mfa_enabled does not fit the user pool's MFA configuration.");
}

/** One auto-verified attribute must be true, and the address that it speaks of must be there. */
function checkVerified({ settings }: CsvPool, attributes: Attributes): void {
  const { AutoVerifiedAttributes: verified = [] } = settings;
  if (!verified.some((name) => isTrue(attributes[`${name}_verified`])))
    throw invalidParameter(
      "The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).",
    );
  for (const name of ["email", "phone_number"])
    if (isTrue(attributes[`${name}_verified`]) && !attributes[name])
      throw invalidParameter(`The User Record sets ${name}_verified to true without ${name}.`);
}
