import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { visible } from "../../config/visible";
import { foldedName, isVerified } from "../../rules/names";
import { readAppClients } from "../aws/app-clients";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { readUsers } from "../import/record-outcomes";
import { outcomesFile, usersFile } from "../import/run-files";
import type { Run } from "../import/work-folder";
import { appClientName, mayWrite } from "../pools/app-client";
import type { PoolRules } from "../pools/pool-rules";
import type { StampKeys } from "../pools/stamp-keys";
import { stampedAs } from "../pools/stamped";
import { knownUser } from "../pools/user-matching";
import { plural } from "../program/plural";

/** That a name was given to a user of the source by a job of ours, and when. */
interface Imported {
  readonly sub: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** Of the destination. */
export interface StampedPool {
  readonly keys: StampKeys;
  readonly userPoolId: string;
}

/** Cognito's clock tells whole seconds in some places and fractions in others. */
const SLACK_MS = 5000;

/**
 * Finds out which user of the destination was which user of the source. A name proves nothing: whoever signs up with the name of somebody
 * who has not migrated yet would come into that person's groups. What proves it is a row of a job of ours that made this very
 * user, a stamp that verifies, or the `sub` that migration has carried over, where no application may write it.
 *
 * @param members `sub`s of the source that matter; nobody else is remembered. @param writers Of the carried sub: {@link writersOf}.
 * @param stamps With what stamps are verified, where the function writes them.
 * @returns what tells the `sub` that a user had at the source; undefined for everybody of whom that is not certain.
 */
export async function gatherProof(
  runs: readonly Run[],
  members: { has(sub: string): boolean },
  rules: PoolRules,
  writers: readonly string[],
  stamps?: StampedPool,
): Promise<(user: UserType) => string | undefined> {
  const { destinationUsernameAttributes, destinationCaseSensitive, subAttribute } = rules;
  const imported = await importedIn(runs, members, destinationCaseSensitive);
  return (user) => {
    const known = knownUser(user);
    const { username, attributes } = known;
    const stamped = stamps && stampedAs(known, user.UserCreateDate, stamps.keys, stamps.userPoolId, rules);
    const carried = subAttribute === undefined ? undefined : attributes[subAttribute];
    const sure = writers.length === 0 ? carried : undefined;
    if (stamped?.kind === "verified") {
      const { sourceSub } = stamped.stamp;
      // The function writes both in one answer: whoever changed one of them since may have changed either.
      return sure === undefined || sure === sourceSub ? sourceSub : undefined;
    }
    if (sure !== undefined) return sure;
    const created = user.UserCreateDate?.getTime() ?? Number.NaN;
    // Whoever signed up while the job ran could have written the address of an imported user since.
    const verified = destinationUsernameAttributes.filter((attribute) => isVerified(attribute, attributes));
    const names =
      destinationUsernameAttributes.length > 0 ? verified.map((attribute) => attributes[attribute]) : [username];
    for (const name of names) {
      const row = name === undefined ? undefined : imported.get(foldedName(name, destinationCaseSensitive));
      if (row === undefined || !(created >= row.from && created <= row.to)) continue;
      return carried === undefined || carried === row.sub ? row.sub : undefined;
    }
    return undefined;
  };
}

/** Rows of our jobs that made a user, by the name there. */
async function importedIn(
  runs: readonly Run[],
  members: { has(sub: string): boolean },
  isCaseSensitive: boolean,
): Promise<ReadonlyMap<string, Imported>> {
  const imported = new Map<string, Imported>();
  for (const run of runs)
    for (const [part, { result }] of run.state.parts.entries()) {
      if (result?.started === undefined || result.completed === undefined) continue;
      if (!existsSync(outcomesFile(run.directory, part)) || !existsSync(usersFile(run.directory, part))) continue;
      const window = { from: Date.parse(result.started) - SLACK_MS, to: Date.parse(result.completed) + SLACK_MS };
      const outcomes = await readFile(outcomesFile(run.directory, part));
      let row = 0;
      for await (const [, sub, name] of readUsers(usersFile(run.directory, part))) {
        if (outcomes[row] === "I".charCodeAt(0) && members.has(sub))
          imported.set(foldedName(name, isCaseSensitive), { sub, ...window });
        row += 1;
      }
    }
  return imported;
}

export const noProof = (attribute: string, writers: readonly string[]): string =>
  `${attribute} is no proof of who somebody was: ${plural(writers.length, "app client")} may write it (${visible(writers.join(", "))}).`;

/** Names of app clients through which users could write the attribute themselves. */
export async function writersOf(place: ConfirmedPool, attribute: string): Promise<string[]> {
  return (await readAppClients(place)).filter((client) => mayWrite(client, attribute)).map(appClientName);
}
