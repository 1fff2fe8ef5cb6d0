import { withoutTrigger } from "../detach/decide";
import { cutOverFlows, flowsOf } from "../user-pool-update/auth-flows";
import type { Snapshot } from "../user-pool-update/change";
import type { Decision } from "../user-pool-update/decision";
import { passwordFlowNotes } from "../user-pool-update/password-flow-notes";
import { flowsChange } from "../user-pool-update/plan";

/** SRP on and the password flow off, then the trigger off: whoever is not at the destination by now does not get there. */
export function decideCutOver(snapshot: Snapshot, lambdaArn: string): Decision {
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
