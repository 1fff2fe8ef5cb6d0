import type { ConfirmedPool } from "../aws/confirmed-pool";
import { describeAwsError } from "../aws/explain-aws-error";
import type { Side } from "../aws/side";
import { findPool } from "../pools/confirmed-pools";
import type { Terminal } from "../program/terminal";
import type { Reach } from "./facts";

export interface Reached {
  readonly reach: Reach;
  /** Undefined: nothing else is asked there. */
  readonly place: ConfirmedPool | undefined;
}

/** Finds one user pool. What is wrong becomes a finding, not an end: the other side is checked all the same. */
export async function reach(side: Side, terminal: Pick<Terminal, "say">): Promise<Reached> {
  try {
    const place = await findPool(side, terminal);
    const known = { account: place.account, expectedAccount: side.account };
    return side.account === undefined || side.account === place.account
      ? { reach: { ...known, problem: undefined }, place }
      : {
          reach: {
            ...known,
            problem: {
              found: `The credentials for the ${side.name} belong to account ${place.account}; the settings say ${side.account}.`,
              remedy: undefined,
            },
          },
          place: undefined,
        };
  } catch (error) {
    const problem = describeAwsError(error);
    if (problem === undefined) throw error;
    return {
      reach: { account: undefined, expectedAccount: side.account, problem },
      place: undefined,
    };
  }
}
