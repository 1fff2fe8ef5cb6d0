import { withoutTrigger } from "../detach/decide";
import { cutOverFlows, flowsOf } from "../pool-change/auth-flows";
import type { Snapshot } from "../pool-change/change";
import type { UpdateDecision } from "../pool-change/decision";
import { passwordFlowNotes } from "../pool-change/password-flow-notes";
import { flowsChange } from "../pool-change/plan";

/** SRP on and the password flow off, then the trigger off: whoever is not at the destination by now does not get there. */
export function decideCutOver(snapshot: Snapshot, lambdaArn: string): UpdateDecision {
  const clients = snapshot.clients.map((client) => {
    const before = flowsOf(client);
    return flowsChange(client, before, cutOverFlows(before));
  });
  const trigger = withoutTrigger(snapshot.userPool, lambdaArn);
  return {
    changes: [...clients, ...trigger.changes],
    problems: trigger.problems,
    warnings: passwordFlowNotes(clients),
  };
}
