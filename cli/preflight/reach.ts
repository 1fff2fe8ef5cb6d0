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
    const { account } = place;
    const isExpected = side.account === undefined || side.account === account;
    const problem = isExpected
      ? undefined
      : {
          found: `The credentials for the ${side.name} belong to account ${account}; the settings say ${side.account}.`,
          remedy: undefined,
        };
    return { reach: { account, expectedAccount: side.account, problem }, place: isExpected ? place : undefined };
  } catch (error) {
    const problem = describeAwsError(error);
    if (problem === undefined) throw error;
    return { reach: { account: undefined, expectedAccount: side.account, problem }, place: undefined };
  }
}
