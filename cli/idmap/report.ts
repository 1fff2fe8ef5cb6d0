import { plural } from "../program/plural";
import { shownPath } from "../program/shown-path";
import { table } from "../program/table";
import type { Counts } from "./scan-file";
import { duplicatesFile, type Written } from "./write-map";

export interface MapReport extends Written {
  readonly counts: Counts;
  readonly out: string;
}

const MEANS: Readonly<Record<string, string>> = {
  proven: "the stamp says it; the password was proven at the source",
  mfa: "the stamp says it; the password was proven, a second factor was still due",
  unproven: "the stamp says it; no password was proven",
  carried: "the sub that came along says it, which no app client may write",
  unknown: "a stamp that proves nothing, or that the carried sub contradicts: whoever it is has no old sub here",
  not_migrated: "at the source, and not known to have come",
};

export function reportText({ lines, counts, duplicates, out }: MapReport): string {
  const rows = Object.keys(MEANS).flatMap((how) =>
    lines.has(how) ? [[how, (lines.get(how) ?? 0).toLocaleString("en-US"), MEANS[how] ?? ""]] : [],
  );
  const { destination, source, voidStamps, contradictions, strangers } = counts;
  return [
    rows.length === 0 ? `Nobody to tell of. ${shownPath(out)} has no line.` : table(["HOW", "LINES", ""], rows),
    `Read: ${plural(destination, "user")} at the destination${source > 0 ? `, ${plural(source, "user")} at the source` : ""}. ` +
      `Not known to have come, and in no file: ${plural(strangers, "user")} of the destination.`,
    voidStamps > 0 &&
      `${plural(voidStamps, "user")} with a stamp that does not verify: forged, copied, of a key that is gone, or renamed since. It proves nothing.`,
    contradictions > 0 &&
      `${plural(contradictions, "user")} with a stamp that verifies and a carried sub that names somebody else. Neither is believed: ` +
        'docs/cli/idmap.md, "Who is in it".',
    duplicates > 0 &&
      `${plural(duplicates, "sub")} of the source with several users at the destination: ${shownPath(duplicatesFile(out))}. None of them is in the map. ` +
        'docs/runbook.md, "One person twice in the map", says what to do.',
    `Written: ${shownPath(out)}`,
  ]
    .filter(Boolean)
    .join("\n\n");
}
