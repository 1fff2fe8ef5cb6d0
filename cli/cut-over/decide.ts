import { withoutTriggers } from "../detach/decide";
import { cutOverFlows, flowsOf } from "../pool-change/auth-flows";
import type { Snapshot, UpdateDecision } from "../pool-change/change";
import { flowsChange, passwordFlowNotes } from "../pool-change/plan";
import type { AskedArns } from "../pool-change/triggers";

/** SRP on and the password flow off, then the trigger off: whoever is not at the destination by now does not get there. */
export function decideCutOver(snapshot: Snapshot, arns: AskedArns): UpdateDecision {
  const clients = snapshot.clients.map((client) => {
    const before = flowsOf(client);
    return flowsChange(client, before, cutOverFlows(before));
  });
  const triggers = withoutTriggers(snapshot.userPool, arns);
  return {
    changes: [...clients, ...triggers.changes],
    problems: triggers.problems,
    warnings: [...triggers.warnings, ...passwordFlowNotes(clients)],
  };
}
