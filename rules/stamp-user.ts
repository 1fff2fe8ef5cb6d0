import { type CarriedGroups, carriedGroups, type GroupRules, lacksRequiredGroup } from "./carried-groups";
import type { Attributes, NameRules } from "./names";
import { fits, type Schema } from "./schema";
import { type CreateHmac, type How, LEFT_TO_COMMAND, mintStamp, type Stamp, stampedNames } from "./stamp";

/** What of the environment is there only where stamps are made. */
type StampSettings = {
  readonly [Name in Exclude<keyof GroupRules, "sourceUserPoolId" | "destinationUserPoolId">]?:
    | GroupRules[Name]
    | undefined;
};

export interface StampRules extends StampSettings, NameRules {
  readonly stampAttribute?: string | undefined;
  readonly stampKey?: string | undefined;
  /** For the names of the groups that its identity providers have. */
  readonly sourceUserPoolId: string;
  readonly destinationUserPoolId: string;
  readonly destinationSchema: Schema;
}

/** What signing takes, beside rules and user. */
export interface Signer {
  readonly createHmac: CreateHmac;
  /** Since 1970. */
  readonly nowSeconds: number;
}

/** What the sign-in at the source has shown, as far as a stamp says it. */
export interface StampProof {
  readonly proven: boolean;
  readonly secondFactor?: string | undefined;
  /** Of the token that the source gave for the password. Undefined: there is none, or it cannot be read. */
  readonly groups?: readonly string[] | undefined;
}

/**
 * Why groups are left to the command `groups`: there is no token to read them from, it has something else in their place, they do not
 * fit, or there is no stamp to write them into.
 */
export const WHY_LEFT = ["mfa", "unproven", "unreadable", "too_many", "unstamped"] as const;
export type WhyLeft = (typeof WHY_LEFT)[number];

/** Numbers of groups, and no names: they may stand in the log. */
export interface GroupCounts extends Omit<CarriedGroups, "names"> {
  readonly carried: number;
  readonly left?: WhyLeft | undefined;
}

export interface Stamping {
  /** The stamp's own, or none. */
  readonly attributes: Attributes;
  /** Absent where no stamps are made. */
  readonly stamped?: boolean;
  /** Absent where groups do not travel. */
  readonly groups?: GroupCounts;
}

const groupRulesOf = ({ sourceUserPoolId, destinationUserPoolId, ...rules }: StampRules): GroupRules => ({
  groups: rules.groups ?? [],
  groupsMap: rules.groupsMap ?? new Map(),
  groupsOrRefuse: rules.groupsOrRefuse ?? [],
  destinationGroups: rules.destinationGroups ?? [],
  sourceUserPoolId,
  destinationUserPoolId,
});

function howOf({ proven, secondFactor }: StampProof): How {
  if (!proven) return "unproven";
  return secondFactor === undefined ? "proven" : "mfa";
}

const knownGroups = (proof: StampProof): readonly string[] | undefined =>
  howOf(proof) === "proven" ? proof.groups : undefined;

/** Nothing in the profile can change this, so whoever reads profiles asks it first. */
export const isRefusedForGroups = (proof: StampProof, rules: StampRules): boolean =>
  lacksRequiredGroup(knownGroups(proof), groupRulesOf(rules));

/**
 * Signs what the migration says of a user who is not {@link isRefusedForGroups}. Nobody is locked out for want of a stamp, but for members of a group in GROUPS_OR_REFUSE.
 *
 * @param user `carried` is what comes along; `typed` is the username at the destination, where that has no other.
 * @returns undefined: the user must be refused.
 */
export function stampUser(
  user: { readonly sourceSub: string; readonly typed: string; readonly carried: Attributes },
  rules: StampRules,
  proof: StampProof,
  signer: Signer,
): Stamping | undefined {
  const groupRules = groupRulesOf(rules);
  const known = knownGroups(proof);
  const carried = groupRules.groups.length === 0 ? NO_GROUPS : known && carriedGroups(known, groupRules);
  const stamp = signed(user, rules, { how: howOf(proof), groups: carried?.names ?? LEFT_TO_COMMAND }, signer);
  const isLost = stamp === undefined || stamp.isTooLong;
  if (isLost && groupRules.groupsOrRefuse.some((group) => known?.includes(group))) return undefined;
  if (rules.stampKey === undefined) return { attributes: {} };
  return {
    attributes: stamp?.attributes ?? {},
    stamped: stamp !== undefined,
    ...(groupRules.groups.length === 0 ? {} : { groups: counted(carried, whyLeft(proof, carried, stamp)) }),
  };
}

const NO_GROUPS: CarriedGroups = { names: [], unlisted: 0, unknown: 0, provider: 0 };

interface Signed {
  readonly attributes: Attributes;
  /** The groups did not fit. */
  readonly isTooLong: boolean;
}

/** @returns undefined where no stamp can be: there is no key, no place for it, or nothing that says whose it is. */
function signed(
  { sourceSub, typed, carried }: Parameters<typeof stampUser>[0],
  rules: StampRules,
  said: Pick<Stamp, "how" | "groups">,
  { createHmac, nowSeconds: issuedAt }: Signer,
): Signed | undefined {
  const { stampAttribute: attribute, stampKey: key, destinationUserPoolId: userPoolId } = rules;
  const names = stampedNames({ username: carried["username"] ?? typed, attributes: carried }, rules);
  if (attribute === undefined || key === undefined || sourceSub === "" || names.length === 0) return undefined;
  const mint = (groups: Stamp["groups"]): string =>
    mintStamp(createHmac, key, { sourceSub, how: said.how, issuedAt, groups }, { userPoolId, names });
  const text = mint(said.groups);
  const definition = rules.destinationSchema.get(attribute);
  if (definition === undefined || !fits(text, definition)) return undefined;
  return {
    attributes: { [attribute]: text },
    isTooLong: said.groups !== LEFT_TO_COMMAND && text === mint(LEFT_TO_COMMAND),
  };
}

function whyLeft(
  proof: StampProof,
  carried: CarriedGroups | undefined,
  stamp: Signed | undefined,
): WhyLeft | undefined {
  const how = howOf(proof);
  if (how !== "proven") return how;
  if (carried === undefined) return "unreadable";
  if (carried.names.length === 0) return undefined;
  if (stamp === undefined) return "unstamped";
  return stamp.isTooLong ? "too_many" : undefined;
}

function counted(carried: CarriedGroups | undefined, left: WhyLeft | undefined): GroupCounts {
  const { names, ...behind } = carried ?? NO_GROUPS;
  return { carried: left === undefined ? names.length : 0, ...behind, ...(left === undefined ? {} : { left }) };
}
