import { isSame } from "../aws/json";
import { hasPasswordFlow, namedFlows } from "./auth-flows";
import { type Change, FLOWS_PATH, targetText } from "./change";

/** What the operator has to know of each change that takes the password flow off an app client: it is not about the trigger. */
export function passwordFlowNotes(changes: readonly Change[]): readonly string[] {
  return changes
    .filter(({ path }) => isSame(path, FLOWS_PATH))
    .filter(({ before, after }) => hasPasswordFlow(namedFlows(before)) && !hasPasswordFlow(namedFlows(after)))
    .map(
      ({ target }) =>
        `An app that still sends passwords through ${targetText(target)} cannot sign anyone in afterwards: ` +
        "release the one that uses SRP first.",
    );
}
