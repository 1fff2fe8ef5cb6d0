import { audienceOf, LEFT_ALONE } from "../../rules/app-client";
import type { JsonObject } from "../aws/json";
import { canPassByTrigger, flowsOf, withPasswordFlow } from "../pool-change/auth-flows";
import { appClientTarget, type Snapshot, targetText, type UpdateDecision } from "../pool-change/change";
import { flowsChange } from "../pool-change/plan";
import { triggersOn } from "../pool-change/triggers";

/** Why an app client that nobody named stays as it is: undefined where apps are to send passwords through it. */
export function reasonToLeave(client: JsonObject): string | undefined {
  const audience = audienceOf(client);
  return audience === "people"
    ? undefined
    : `It ${LEFT_ALONE[audience]}. If apps shall send passwords through it all the same, name it with --client.`;
}

/**
 * The trigger onto the pool first: until an app client may send passwords, nothing calls it.
 *
 * A version or alias of the function gives way to the function itself: a version keeps the code and environment that it was
 * published with, and has a resource policy of its own, so that no deploy and no preflight would be about what the pool calls.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html, https://docs.aws.amazon.com/lambda/latest/dg/using-aliases.html
 *
 * @param replace Whether another function's trigger may be taken off.
 */
export function decideAttach(snapshot: Snapshot, lambdaArn: string, replace: boolean): UpdateDecision {
  const triggers = triggersOn(snapshot.userPool, lambdaArn);
  const clients = snapshot.clients.map((client) => {
    const before = flowsOf(client);
    return { client, name: targetText(appClientTarget(client)), before, after: withPasswordFlow(before) };
  });
  return {
    changes: [
      ...triggers.map(({ change }) => ({ ...change, after: lambdaArn })),
      ...clients.flatMap(({ client, before, after }) =>
        after === undefined ? [] : flowsChange(client, before, after),
      ),
    ],
    problems: [
      ...triggers
        .filter(({ isAnothers }) => isAnothers && !replace)
        .map(
          ({ name, change: { before } }) =>
            `The pool has another ${name} trigger: ${before}. A pool can have one. To put ${lambdaArn} in its ` +
            "place, give --replace; undo brings the other one back.",
        ),
      ...clients
        .filter(({ after }) => after === undefined)
        .map(
          ({ name }) =>
            `${name} has CUSTOM_AUTH_FLOW_ONLY, which excludes sign-in with a password. ` +
            "Name another app client, or give this one flows that begin with ALLOW_ first.",
        ),
    ],
    warnings: [
      ...triggers
        .filter(({ change: { before }, isAnothers }) => before !== null && !isAnothers && before !== lambdaArn)
        .map(
          ({ change: { before } }) =>
            `The pool calls ${before}, a version or alias of this function: it stays as it was published, whatever is ` +
            "deployed. The function itself takes its place; undo brings the other one back.",
        ),
      ...clients
        .filter(({ client, after }) => audienceOf(client) === "server" && after !== undefined)
        .map(
          ({ name }) =>
            `${name} is of a server, whose ADMIN_USER_PASSWORD_AUTH calls the trigger already. ` +
            "Afterwards anybody who knows its id may send passwords. Leave it out unless an app needs that.",
        ),
      ...clients
        .filter(({ before }) => canPassByTrigger(before))
        .map(
          ({ name }) =>
            `${name} can still sign in with SRP (or choose how), which never calls the trigger: ` +
            "the app itself has to sign in with USER_PASSWORD_AUTH.",
        ),
    ],
  };
}
