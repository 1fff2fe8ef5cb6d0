import { withoutTrigger } from "../detach/decide";
import { cutOverFlows, flowsOf, hasPasswordFlow } from "../user-pool-update/auth-flows";
import { appClientTarget, type Snapshot, targetText } from "../user-pool-update/change";
import type { Decision } from "../user-pool-update/decision";
import { flowsChange } from "../user-pool-update/plan";

/** SRP on and the password flow off, then the trigger off: whoever is not at the destination by now does not get there. */
export function decideCutOver(snapshot: Snapshot, lambdaArn: string): Decision {
  const clients = snapshot.clients.map((client) => ({
    client,
    before: flowsOf(client),
    after: cutOverFlows(flowsOf(client)),
  }));
  const trigger = withoutTrigger(snapshot.userPool, lambdaArn);
  return {
    changes: [...clients.map(({ client, before, after }) => flowsChange(client, before, after)), ...trigger.changes],
    problems: trigger.problems,
    warnings: clients
      .filter(({ before }) => hasPasswordFlow(before))
      .map(
        ({ client }) =>
          `An app that still sends passwords through ${targetText(appClientTarget(client))} cannot sign anyone in afterwards: ` +
          "release the one that uses SRP first.",
      ),
  };
}
