import { type JsonObject, valueAt } from "../aws/json";
import {
  flowsOf,
  hasPasswordFlow,
  nobodyCanSignIn,
  withoutPasswordFlow,
  wouldBeDefaults,
} from "../pool-change/auth-flows";
import {
  appClientTarget,
  type Change,
  type Snapshot,
  TRIGGER_PATH,
  targetText,
  userPoolTarget,
} from "../pool-change/change";
import type { UpdateDecision } from "../pool-change/decision";
import { flowsChange } from "../pool-change/plan";
import { isAnothers } from "../pools/stack-outputs";

/** The trigger first: it is what stops a migration, and the update that AWS is likeliest to refuse. */
export function decideDetach(snapshot: Snapshot, lambdaArn: string): UpdateDecision {
  const clients = snapshot.clients
    .map((client) => ({ client, name: targetText(appClientTarget(client)), before: flowsOf(client) }))
    .map((one) => ({ ...one, after: withoutPasswordFlow(one.before) }));
  const trigger = withoutTrigger(snapshot.userPool, lambdaArn);
  const empty = clients.filter(({ before, after }) => wouldBeDefaults(before, after));
  return {
    changes: [...trigger.changes, ...clients.map(({ client, before, after }) => flowsChange(client, before, after))],
    problems: [
      ...empty.map(
        ({ name }) =>
          `${name} allows sign-in with a password and nothing else. Without any flow Cognito would give it the default ones. ` +
          "Use cut-over, which turns SRP on, or leave this app client out.",
      ),
      ...trigger.problems,
    ],
    warnings: clients
      .filter((one) => hasPasswordFlow(one.before) && !empty.includes(one) && nobodyCanSignIn(one.after))
      .map(({ name }) => `Nobody will be able to sign in through ${name}. cut-over turns SRP on as well.`),
  };
}

/** Takes the trigger off, if it is this function's, with or without an alias. */
export function withoutTrigger(
  userPool: JsonObject,
  lambdaArn: string,
): Pick<UpdateDecision, "problems"> & { readonly changes: readonly Change[] } {
  const found = valueAt(userPool, TRIGGER_PATH);
  if (!isAnothers(found, lambdaArn))
    return {
      changes: [{ target: userPoolTarget(userPool), path: TRIGGER_PATH, before: found, after: null }],
      problems: [],
    };
  return {
    changes: [],
    problems: [
      `The pool's user migration trigger is ${found}, not ${lambdaArn}. It is somebody else's, so it stays: take it off in ` +
        "the AWS console if it has to go.",
    ],
  };
}
