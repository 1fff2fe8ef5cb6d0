import { relative } from "node:path";
import { plural } from "../program/plural";
import { consequencesOf, renderCounts, renderJobs } from "./counts-text";
import type { Import } from "./import-context";
import { losesSecondFactors } from "./rules";
import { leftOutFile, notImportedFile } from "./run-files";
import type { Counts, RunState } from "./run-state";
import type { Run } from "./work-folder";

export function renderPlan({ options, places, settings }: Import, counts: Counts): string {
  const losesMfa = losesSecondFactors(places.source.userPool, settings.mfaPolicy);
  const paragraphs = [
    renderCounts(counts, options.rowsPerJob),
    ...consequencesOf(counts, { losesMfa, dropMfa: options.dropMfa }),
  ];
  return paragraphs.join("\n\n");
}

/** Says what became of everybody, and where it is written down. */
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
