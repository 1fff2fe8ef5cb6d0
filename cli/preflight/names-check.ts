import { isHopeless, type Outlook } from "../../rules/name-outlook";
import { nameOutlook } from "../pools/name-outlook";
import { defineCheck, type Finding, failed, listed, passed, warning } from "./check";
import { countSentences, outlookRemedies, outlookSentences } from "./name-sentences";
import type { NameCounts } from "./scan";
import { ALIASES_PAGE, rulesFrom, signInNames } from "./sign-in-names";

const OTHER_POOL = "Use a destination pool with one of the source's names.";

export const names = defineCheck({
  id: "sign-in-names",
  title: "Every name that works at the source works at the destination",
  otherwise: "A sign-in by a name that does not is refused; users who have no other cannot come.",
  source: ALIASES_PAGE,
  needs: ["source", "destination"],
  decide: (known) => {
    const { source, destination, scan } = known;
    const outlook = nameOutlook(rulesFrom(known));
    const told = [
      `The destination takes ${listed(signInNames(destination))}, the source ${listed(signInNames(source))}.`,
      ...outlookSentences(outlook),
    ];
    if (isHopeless(outlook)) return failed(told.join(" "), OTHER_POOL);
    return scan?.names === undefined ? ofPools(told, outlook) : ofUsers(told, outlook, scan.names);
  },
});

function ofPools(told: readonly string[], outlook: Outlook): Finding {
  const found = told.join(" ");
  const remedies = outlookRemedies(outlook);
  return remedies.length === 0 ? passed(found) : warning(found, [...remedies, "--scan-users counts them."].join(" "));
}

function ofUsers(told: readonly string[], outlook: Outlook, counts: NameCounts): Finding {
  const { users, byEveryName, byNoName, typedFirst, mixedCase } = counts;
  const found = [...told, ...countSentences(counts)].join(" ");
  if (byEveryName === users && typedFirst === 0) return passed(found);
  const remedies = [
    ...outlookRemedies(outlook),
    ...(mixedCase > 0 ? ["See letter-case for the names with a capital letter."] : []),
  ];
  if (byNoName === users) return failed(found, [OTHER_POOL, ...remedies].join(" "));
  // A value that breaks a rule of its own, like an address that only some users have and the destination requires.
  return warning(found, remedies.join(" ") || "Verify their addresses, or rename them, at the source.");
}
