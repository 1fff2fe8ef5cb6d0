import { relative } from "node:path";
import { plural } from "../program/plural";
import { table } from "../program/table";
import type { Import } from "./import-context";
import { LEFT_OUT, LEFT_OUT_REASONS } from "./left-out";
import { losesSecondFactors } from "./rules";
import { leftOutFile, notImportedFile } from "./run-files";
import type { Counts, RunState } from "./run-state";
import type { Run } from "./work-folder";

export function renderPlan({ options, places, settings }: Import, counts: Counts): string {
  const losesMfa = losesSecondFactors(places.source.userPool, settings.mfaPolicy);
  const consequences = consequencesOf(counts, { losesMfa, dropMfa: options.dropMfa });
  return [renderCounts(counts, options.rowsPerJob), ...consequences].join("\n\n");
}

export function report({ options, context, folder }: Import, run: Run, state: RunState): void {
  const { terminal, root } = context;
  const counts = state.exported?.counts;
  const shown = (file: string): string => relative(root, file);
  if (options.json) {
    terminal.print(JSON.stringify({ counts, jobs: state.parts }, undefined, 2));
    return;
  }
  if (state.parts.length === 0) terminal.print("Nobody was left to import.");
  else terminal.print(renderJobs(state));
  const left = Object.values(counts?.leftOut ?? {}).reduce((sum, number) => sum + number, 0);
  if (left > 0) terminal.print(`Left out: ${plural(left, "user")}, in ${shown(leftOutFile(run.directory))}`);
  for (const [part, { result }] of state.parts.entries()) {
    if (result === undefined) continue;
    if (result.failed + result.skipped > 0)
      terminal.print(`Not imported, and why: ${shown(notImportedFile(run.directory, part))}`);
    if (!result.logComplete)
      terminal.say(`The log of part ${part + 1} was incomplete: the file above may lack some of its rows.`);
  }
  const unfinished = state.parts.filter(({ result }) => result?.status !== "Succeeded").length;
  if (unfinished > 0)
    terminal.say(
      `${plural(unfinished, "job")} did not succeed. Users who are still missing at the destination are exported again when you run the same command.`,
    );
  if (folder.runs().length > 0 && state.parts.length + left > 0)
    terminal.say(
      `These files hold personal data. When the groups are restored (${context.commands.program("groups")}), this removes them: ` +
        context.commands.program("import", "--clean", "--apply"),
    );
}

/** How many import jobs so many users need; one file's bytes can make it more. */
export const jobsFor = ({ toImport }: Counts, rowsPerJob: number): number => Math.ceil(toImport / rowsPerJob);

export function renderCounts(counts: Counts, rowsPerJob: number): string {
  const left = LEFT_OUT_REASONS.filter((reason) => counts.leftOut[reason] !== undefined);
  const rows: [string, number, string][] = [
    ["at the source", counts.source, ""],
    ["at the destination already", counts.alreadyThere, "stay as they are"],
    ["to import", counts.toImport, counts.toImport === 0 ? "" : `in ${plural(jobsFor(counts, rowsPerJob), "job")}`],
    ["left out", left.reduce((sum, reason) => sum + (counts.leftOut[reason] ?? 0), 0), ""],
    ...left.map((reason): [string, number, string] => [`  ${reason}`, counts.leftOut[reason] ?? 0, LEFT_OUT[reason]]),
  ];
  return table(["USERS", "NUMBER", ""], rows);
}

export function consequencesOf(
  counts: Counts,
  { losesMfa, dropMfa }: { readonly losesMfa: boolean; readonly dropMfa: boolean },
): string[] {
  if (counts.toImport === 0) return [];
  const dropped = Object.entries(counts.dropped)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, users]) => `${name} (${plural(users, "user")})`);
  const texts = [
    "Imported users keep no password: they are RESET_REQUIRED and choose a new one with a code that Cognito sends them.",
    // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
    'Where an app client hides who exists, Cognito may answer their sign-in with "Incorrect username or password.": let the app offer "forgot password" there, too.',
    "Imported users exist at the destination, so the trigger never runs for them again: import last, when " +
      "everybody who signs in has migrated.",
    "While a job runs, Cognito refuses every change of the destination user pool (UserImportInProgressException), Terraform's included.",
  ];
  if (losesMfa)
    texts.push(
      `Users with MFA at the source have no second factor after an import${dropMfa ? ", as --drop-mfa says" : ": it needs --drop-mfa"}.`,
    );
  if (dropped.length > 0)
    texts.push(
      `These attributes stay behind, because the destination's schema does not take them or nothing proves a name: ${dropped.join(", ")}.`,
    );
  if (counts.renamed)
    texts.push(
      `${plural(counts.renamed, "user")} will sign in with none of the names that they have now, but with the address or number that is proven to be theirs: tell them.`,
    );
  return texts;
}

export function renderJobs({ parts }: RunState): string {
  return table(
    ["JOB", "STATUS", "USERS", "IMPORTED", "SKIPPED", "FAILED", ""],
    parts.map(({ rows, jobId, result }, part) => [
      jobId ?? `part ${part + 1}`,
      result?.status ?? "not ended",
      rows,
      result?.imported ?? 0,
      result?.skipped ?? 0,
      result?.failed ?? 0,
      result === undefined || result.status === "Succeeded" ? "" : (result.message ?? ""),
    ]),
  );
}

/** Whether everything that was to be imported is. Rows are skipped when the user is there already, and so is nothing amiss. */
export const isFullSuccess = ({ parts }: RunState): boolean =>
  parts.every(({ result }) => result?.status === "Succeeded" && result.failed === 0);
