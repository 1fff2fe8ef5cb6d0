import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { noProof, writersOf } from "../groups/group-proof";
import type { ConfirmedPools } from "../pools/confirmed-pools";
import { type PoolRules, poolRules } from "../pools/pool-rules";
import { readStampKeys, type StampKeys } from "../pools/stamp-keys";
import { stampedAs } from "../pools/stamped";
import { knownUser } from "../pools/user-matching";
import { CommandError, EXIT } from "../program/exit";
import type { MapRow, RowHow } from "./map-row";

/** By what it is known which user of the source a user of the destination was. */
export interface Proofs {
  readonly destinationUserPoolId: string;
  readonly rules: PoolRules;
  readonly stamp: StampKeys | undefined;
  /** The carried sub, where no app client may write it. */
  readonly subAttribute: string | undefined;
}

/** @throws {CommandError} where there is nothing to go by, with what to set. */
export async function gatherProofs(
  { source, destination }: ConfirmedPools,
  settings: DestinationSettings,
  say: (text: string) => void,
): Promise<Proofs> {
  const rules = poolRules(source.userPool, destination.userPool, settings);
  const { subAttribute } = rules;
  const stamp = await readStampKeys(destination, settings.names);
  if (stamp.kind === "unread" && subAttribute === undefined) throw new CommandError(EXIT.AWS_REFUSED, stamp.because);
  if (stamp.kind === "unread") say(`Stamps are not read: ${stamp.because}`);
  if (stamp.kind === "on") for (const one of stamp.unread) say(`Not read: ${one}`);
  const writers = subAttribute === undefined ? [] : await writersOf(destination, subAttribute);
  const isCarried = subAttribute !== undefined && writers.length === 0;
  if (stamp.kind !== "on" && !isCarried) throw nothingToGoBy(subAttribute, writers);
  if (subAttribute !== undefined && !isCarried) say(`${noProof(subAttribute, writers)} Stamps alone say who came.`);
  return {
    destinationUserPoolId: destination.side.userPoolId,
    rules,
    stamp: stamp.kind === "on" ? stamp : undefined,
    subAttribute: isCarried ? subAttribute : undefined,
  };
}

function nothingToGoBy(attribute: string | undefined, writers: readonly string[]): CommandError {
  const remedy =
    "Set MIGRATION_STAMP=on, or carry the source's sub in an attribute that no app client may write " +
    "(ATTRIBUTE_MAP=sub=custom:source_sub), and deploy: docs/cli/idmap.md. It is known of users who come from then on.";
  return attribute === undefined
    ? new CommandError(EXIT.USAGE, `Nothing says which user of the source somebody was. ${remedy}`)
    : new CommandError(EXIT.CHECKS_FAILED, `${noProof(attribute, writers)} ${remedy}`);
}

/** A line of the map, and what speaks against the user's stamp. `row` is undefined for who is not known to have come. */
interface WhoCame {
  readonly row: MapRow | undefined;
  /** `void`: it proves nothing. `contradicted`: it verifies, and the carried sub, which no app client may write, names another user of the source. */
  readonly doubt?: "void" | "contradicted" | undefined;
}

/** @param sub Of the user, at the destination. */
export function whoCame(user: UserType, sub: string, proofs: Proofs): WhoCame {
  const { stamp: keys, subAttribute, rules, destinationUserPoolId } = proofs;
  const known = knownUser(user);
  const { UserCreateDate: created } = user;
  const row = (oldSub: string, how: RowHow, when: Date | undefined): MapRow => [
    oldSub,
    sub,
    known.username,
    how,
    when?.toISOString() ?? "",
  ];
  const stamped =
    keys === undefined ? ({ kind: "none" } as const) : stampedAs(known, created, keys, destinationUserPoolId, rules);
  const carried = subAttribute === undefined ? undefined : known.attributes[subAttribute];
  if (stamped.kind === "verified") {
    const { sourceSub, how, issuedAt } = stamped.stamp;
    // The function writes both in one answer: whoever changed one of them since may have changed either.
    if (carried && carried !== sourceSub) return { row: row("", "unknown", created), doubt: "contradicted" };
    return { row: row(sourceSub, how, new Date(issuedAt * 1000)) };
  }
  const doubt = stamped.kind === "void" ? stamped.kind : undefined;
  if (carried) return { row: row(carried, "carried", created), doubt };
  return { row: doubt && row("", "unknown", created), doubt };
}
