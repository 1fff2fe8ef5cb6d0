import { caseRows, eventRows, networkRows } from "./event-rows";
import { listedFactorRows, unseenFactorRows } from "./factor-rows";
import { groupRows } from "./group-rows";
import { forgottenPasswordRows, signedInProfileRows } from "./profile-rows";
import { failuresOf, type OutcomeRow } from "./row";
import { signInRows } from "./sign-in-rows";
import { unprovenRows } from "./unproven-rows";

/** Every row, in the order of the page. */
export function outcomeRows(): readonly OutcomeRow[] {
  return [
    ...eventRows(),
    ...caseRows(),
    {
      from: "AssumeRole",
      result: "no credentials in the answer",
      outcome: "source_unavailable",
      answers: { AssumeRole: { kind: "nothing understood" } },
    },
    ...failuresOf("AssumeRole"),
    ...signInRows(),
    ...signedInProfileRows(),
    ...failuresOf("AdminGetUser"),
    ...forgottenPasswordRows(),
    ...listedFactorRows(),
    ...unseenFactorRows(),
    ...unprovenRows(),
    ...groupRows(),
    ...networkRows(),
  ];
}
