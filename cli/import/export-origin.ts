import { createHash } from "node:crypto";
import type { Place } from "../who-and-where";
import type { ImportRules } from "./rules";
import type { RowRules } from "./user-row";

/** Whose export it is, and by which rules its rows were written: fingerprints of the rules, no values. */
export interface ExportOrigin {
  readonly source: PoolPlace;
  readonly destination: PoolPlace;
  readonly rules: Readonly<Record<string, string>>;
}

interface PoolPlace {
  readonly account: string;
  readonly region: string;
  readonly userPoolId: string;
}

type Located = Pick<Place, "account"> & { readonly side: Pick<Place["side"], "region" | "userPoolId"> };

/** What an operator calls each rule. A rule that comes to be has to have a name here. */
const RULES: Readonly<Record<Exclude<keyof RowRules, "destinationAttributes">, string>> = {
  attributeMap: "ATTRIBUTE_MAP",
  attributeExclude: "ATTRIBUTE_EXCLUDE",
  header: "the columns of the destination's import files",
  required: "the destination's required attributes",
  autoVerified: "the destination's auto-verified attributes",
  mfaEnabled: "the destination's MFA",
  destinationUsernameAttributes: "the destination's username attributes",
  destinationAliasAttributes: "the destination's aliases",
  destinationCaseSensitive: "the destination's case sensitivity",
  sourceSignInAttributes: "what users of the source sign in with",
};

/** What another export must share with this one to be gone on with. */
export function originOf(
  { source, destination }: { readonly source: Located; readonly destination: Located },
  { row }: ImportRules,
): ExportOrigin {
  const rules = Object.entries(RULES).map(([rule, name]) => [name, fingerprint(row[rule as keyof typeof RULES])]);
  return { source: placeOf(source), destination: placeOf(destination), rules: Object.fromEntries(rules) };
}

const placeOf = ({ account, side: { region, userPoolId } }: Located): PoolPlace => ({ account, region, userPoolId });

function fingerprint(rule: unknown): string {
  const plain = JSON.stringify(rule, (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value].sort() : value,
  );
  return createHash("sha256").update(plain).digest("base64url").slice(0, 22);
}

/** @returns what differs, in an operator's words; nothing when an export of one origin is as good as one of the other. */
export function differencesOf(before: ExportOrigin | undefined, now: ExportOrigin): string[] {
  if (before === undefined) return ["nothing says which"];
  const places = (["source", "destination"] as const).filter((side) => !isSamePlace(before[side], now[side]));
  return [
    ...places.map((side) => `the ${side} was ${before[side].userPoolId} in account ${before[side].account}`),
    ...Object.keys(now.rules).filter((name) => before.rules[name] !== now.rules[name]),
  ];
}

const isSamePlace = (one: PoolPlace, other: PoolPlace): boolean =>
  one.account === other.account && one.region === other.region && one.userPoolId === other.userPoolId;
