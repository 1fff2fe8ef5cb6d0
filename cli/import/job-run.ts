import type { UserImportJobType } from "@aws-sdk/client-cognito-identity-provider";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { UnusableAnswer } from "../aws/unusable-answer";
import type { Context } from "../program/command";
import { type Journal, readJournal } from "./journal";
import { journalFile } from "./run-files";
import { type PartState, type RunState, runState } from "./run-state";
import type { Run } from "./work-folder";

/** What it takes to bring the jobs of a run to their end. */
export interface JobRun {
  readonly context: Context;
  readonly destination: ConfirmedPool;
  readonly run: Run;
  readonly journal: Journal;
  /** Role with which Cognito writes the job's log. */
  readonly logsRoleArn: string;
}

/** As the journal has it at this moment. */
export const stateNow = ({ directory }: Pick<Run, "directory">): RunState =>
  runState(readJournal(journalFile(directory)));

export function partNow(run: Pick<Run, "directory">, part: number): PartState {
  const found = stateNow(run).parts[part];
  if (found === undefined) throw new Error(`there is no part ${part}`);
  return found;
}

export function idOf({ JobId }: UserImportJobType): string {
  if (JobId === undefined) throw new UnusableAnswer("Cognito", "an import job without its id");
  return JobId;
}
