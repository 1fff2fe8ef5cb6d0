import { createHash } from "node:crypto";
import type { SideName } from "../aws/side";
import { isSamePool, type PoolAddress, poolAddressOf } from "../pools/pool-address";
import type { RowRules } from "./user-row";

/** Whose export it is, and by which rules its rows were written: fingerprints of the rules, no values. */
export interface ExportOrigin {
  readonly source: PoolAddress;
  readonly destination: PoolAddress;
  readonly rules: Readonly<Record<string, string>>;
}

/** What an operator calls each rule. A rule that comes to be has to have a name here, unless it follows from another. */
const RULES: Readonly<Record<Exclude<keyof RowRules, "subAttribute">, string>> = {
  attributeMap: "ATTRIBUTE_MAP",
  attributeExclude: "ATTRIBUTE_EXCLUDE",
  stampAttribute: "STAMP_ATTRIBUTE",
  header: "the columns of the destination's import files",
  required: "the destination's required attributes",
  autoVerified: "the destination's auto-verified attributes",
  mfaEnabled: "the destination's MFA",
  destinationUsernameAttributes: "the destination's username attributes",
  destinationAliasAttributes: "the destination's aliases",
  destinationCaseSensitive: "the destination's case sensitivity",
  destinationSchema: "the destination's schema",
  sourceUsernameAttributes: "the source's username attributes",
  sourceAliasAttributes: "the source's aliases",
  sourceCaseSensitive: "the source's case sensitivity",
};

/** What another export must share with this one to be gone on with. */
export function originOf(
  { source, destination }: Readonly<Record<SideName, Parameters<typeof poolAddressOf>[0]>>,
  row: RowRules,
): ExportOrigin {
  const rules = Object.entries(RULES).flatMap(([rule, name]) => {
    const value = row[rule as keyof typeof RULES];
    return value === undefined ? [] : [[name, fingerprint(value)]];
  });
  return { source: poolAddressOf(source), destination: poolAddressOf(destination), rules: Object.fromEntries(rules) };
}

function fingerprint(rule: unknown): string {
  const plain = JSON.stringify(rule, (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value].sort() : value,
  );
  return createHash("sha256").update(plain).digest("base64url").slice(0, 22);
}

/** @returns what differs, in an operator's words; nothing when an export of one origin is as good as one of the other. */
export function differencesOf(before: ExportOrigin | undefined, now: ExportOrigin): string[] {
  if (before === undefined) return ["nothing says which"];
  const places = (["source", "destination"] as const).filter((side) => !isSamePool(before[side], now[side]));
  return [
    ...places.map((side) => `the ${side} was ${before[side].userPoolId} in account ${before[side].account}`),
    ...Object.keys(now.rules).filter((name) => before.rules[name] !== now.rules[name]),
  ];
}
