import type { JsonObject } from "../aws/json";
import {
  flowsOf,
  hasPasswordFlow,
  nobodyCanSignIn,
  withoutPasswordFlow,
  wouldBeDefaults,
} from "../pool-change/auth-flows";
import { appClientTarget, type Snapshot, targetText, type UpdateDecision } from "../pool-change/change";
import { flowsChange } from "../pool-change/plan";
import { triggersOn } from "../pool-change/triggers";

/** The trigger first: it is what stops a migration, and the update that AWS is likeliest to refuse. */
export function decideDetach(snapshot: Snapshot, lambdaArn: string): UpdateDecision {
  const clients = snapshot.clients
    .map((client) => ({ client, name: targetText(appClientTarget(client)), before: flowsOf(client) }))
    .map((one) => ({ ...one, after: withoutPasswordFlow(one.before) }));
  const triggers = withoutTriggers(snapshot.userPool, lambdaArn);
  const empty = clients.filter(({ before, after }) => wouldBeDefaults(before, after));
  return {
    changes: [...triggers.changes, ...clients.map(({ client, before, after }) => flowsChange(client, before, after))],
    problems: [
      ...empty.map(
        ({ name }) =>
          `${name} allows sign-in with a password and nothing else. Without any flow Cognito would give it the default ones. ` +
          "Use cut-over, which turns SRP on, or leave this app client out.",
      ),
      ...triggers.problems,
    ],
    warnings: [
      ...triggers.warnings,
      ...clients
        .filter((one) => hasPasswordFlow(one.before) && !empty.includes(one) && nobodyCanSignIn(one.after))
        .map(({ name }) => `Nobody will be able to sign in through ${name}. cut-over turns SRP on as well.`),
    ],
  };
}

/**
 * Takes the triggers off that are this function's, with or without an alias. Somebody else's stay, and hold nothing up but where there is
 * no other: what stops a migration must not wait for them.
 */
export function withoutTriggers(userPool: JsonObject, lambdaArn: string): UpdateDecision {
  const triggers = triggersOn(userPool, lambdaArn);
  const kept = triggers
    .filter(({ isAnothers }) => isAnothers)
    .map(
      ({ name, change: { before } }) =>
        `The pool's ${name} trigger is ${before}, not ${lambdaArn}. It is somebody else's, so it stays: take it off in ` +
        "the AWS console if it has to go.",
    );
  const own = triggers.filter(({ isAnothers }) => !isAnothers);
  const isOn = own.some(({ change }) => change.before !== null);
  return {
    changes: own.map(({ change }) => ({ ...change, after: null })),
    problems: isOn ? [] : kept,
    warnings: isOn ? kept : [],
  };
}
