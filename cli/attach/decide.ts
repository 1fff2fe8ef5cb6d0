import { audienceOf, LEFT_ALONE } from "../../rules/app-client";
import type { JsonObject } from "../aws/json";
import { canPassByTrigger, flowsOf, withPasswordFlow } from "../pool-change/auth-flows";
import { appClientTarget, type Snapshot, targetText, type UpdateDecision } from "../pool-change/change";
import { flowsChange } from "../pool-change/plan";
import { type AskedArns, triggersOn } from "../pool-change/triggers";
import { howToCallTheLibrary } from "./token-function";

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
 * @param replace Whether another function may be taken off a trigger of the migrating function. From the token trigger none is ever taken: what
 * it puts into everybody's tokens would be gone at once, and it can do by a library what ours does, but for memberships.
 */
export function decideAttach(
  snapshot: Snapshot,
  arns: AskedArns,
  replace: boolean,
  isDemanded = false,
): UpdateDecision {
  const triggers = triggersOn(snapshot.userPool, arns);
  const others = triggers.filter(({ isAnothers }) => isAnothers);
  const own = triggers.filter(({ isAnothers }) => !isAnothers);
  const clients = snapshot.clients.map((client) => {
    const before = flowsOf(client);
    return { client, name: targetText(appClientTarget(client)), before, after: withPasswordFlow(before) };
  });
  return {
    changes: [
      ...triggers.flatMap((one) => one.attached()),
      ...clients.flatMap(({ client, before, after }) =>
        after === undefined ? [] : flowsChange(client, before, after),
      ),
    ],
    problems: [
      ...others
        .filter(({ trigger }) => trigger.function === "token" || !replace)
        .map(({ trigger, calls, ours }) =>
          trigger.function === "token"
            ? howToCallTheLibrary(String(calls), isDemanded)
            : `The pool has another ${trigger.name} trigger: ${calls}. A pool can have one. To put ${ours} in its ` +
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
      ...own
        .filter(({ calls, ours }) => calls !== null && calls !== ours)
        .map(
          ({ calls }) =>
            `The pool calls ${calls}, a version or alias of this function: it stays as it was published, whatever is ` +
            "deployed. The function itself takes its place; undo brings the other one back.",
        ),
      ...own.flatMap(({ ours, otherVersion }) =>
        otherVersion === undefined
          ? []
          : `The pool sends ${ours} the event's version ${otherVersion}, which it hands back as it is. V1_0 takes its place.`,
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
