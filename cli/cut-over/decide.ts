import { withoutTrigger } from "../detach/decide";
import { cutOverFlows, flowsOf } from "../user-pool-update/auth-flows";
import { appClientTarget, type Snapshot, targetText } from "../user-pool-update/change";
import type { Decision } from "../user-pool-update/decision";
import { isSame } from "../user-pool-update/json";
import { flowsChange } from "../user-pool-update/plan";

/** SRP on and the password flow off, then the trigger off: whoever is not at the destination by now does not get there. */
export function decideCutOver(snapshot: Snapshot, lambdaArn: string): Decision {
  const clients = snapshot.clients
    .map((client) => ({ client, before: flowsOf(client), after: cutOverFlows(flowsOf(client)) }))
    .filter(({ before, after }) => !isSame(before, after));
  const trigger = withoutTrigger(snapshot.userPool, lambdaArn);
  return {
    changes: [
      ...clients.map(({ client, after }) => flowsChange(appClientTarget(client), client, after)),
      ...trigger.changes,
    ],
    problems: trigger.problems,
    warnings: clients.map(
      ({ client }) =>
        `An app that still sends passwords through ${targetText(appClientTarget(client))} cannot sign anyone in afterwards: ` +
        "release the one that uses SRP first.",
    ),
  };
}
