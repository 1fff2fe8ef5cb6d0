import type { CommandLines } from "../../config/command-lines";
import type { DestinationSettings } from "../../config/deployment";
import { hasPasswordFlow } from "../../rules/app-client";
import { demandsMembership } from "../../rules/token-function";
import type { JsonObject } from "../aws/json";
import { flowsOf, nobodyCanSignIn, withoutPasswordFlow, wouldBeDefaults } from "../pool-change/auth-flows";
import {
  appClientTarget,
  type Objections,
  problem,
  type Snapshot,
  targetText,
  together,
  type UpdateDecision,
} from "../pool-change/change";
import { flowsChange } from "../pool-change/plan";
import { type AskedArns, triggersOn } from "../pool-change/triggers";
import { isAttached, migrationTrigger } from "../pool-change/what-is-left";
import { lambdaArnOf } from "../pools/stack-outputs";

/** The trigger first: it is what stops a migration, and the update that AWS is likeliest to refuse. */
export function decideDetach(snapshot: Snapshot, arns: AskedArns): UpdateDecision {
  const clients = snapshot.clients.map((client) => {
    const before = flowsOf(client);
    return { client, name: targetText(appClientTarget(client)), before, after: withoutPasswordFlow(before) };
  });
  const triggers = withoutTriggers(snapshot.userPool, arns);
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
export function withoutTriggers(userPool: JsonObject, arns: AskedArns): UpdateDecision {
  // A pool may have a token trigger of its own and none of ours, which is no news unless that alone is asked about.
  const triggers = triggersOn(userPool, arns).filter(
    ({ trigger, isAnothers, calls }) =>
      arns.migration === undefined || trigger.function === "migration" || !(isAnothers || calls === null),
  );
  const kept = triggers
    .filter(({ isAnothers }) => isAnothers)
    .map(
      ({ trigger: { name }, calls, ours }) =>
        `The pool's ${name} trigger is ${calls}, not ${ours}. It is somebody else's, so it stays: take it off in ` +
        "the AWS console if it has to go.",
    );
  const own = triggers.filter(({ isAnothers }) => !isAnothers);
  const on = own.filter(({ calls }) => calls !== null);
  const groupsGo = on.some(({ trigger }) => trigger.function === "token") ? [GROUPS_GO] : [];
  return {
    changes: own.flatMap((one) => one.detached()),
    ...(on.length > 0 ? { problems: [], warnings: [...kept, ...groupsGo] } : { problems: kept, warnings: [] }),
  };
}

type Demanding = Pick<DestinationSettings, "userPool" | "names" | "groupsOrRefuse">;

const GROUPS_GO =
  "The token function goes, too: from then on a token has the groups that its user is a member of, and no event is sent. Who has groups by the " +
  "stamp alone (GROUPS_MODE=token, or a membership that could not be written yet) loses them with the next token, until groups has made them members.";

/** Whether users migrate who must not arrive without a membership, which the token function alone makes. */
export const needsTokenFunction = (userPool: JsonObject, settings: Demanding): boolean =>
  demandsMembership(settings) && isAttached(migrationTrigger(userPool), lambdaArnOf(settings));

/** What speaks against taking the token function off alone. */
export const membershipsAtStake = (userPool: JsonObject, settings: Demanding, commands: CommandLines): Objections =>
  needsTokenFunction(userPool, settings)
    ? problem(
        "GROUPS_OR_REFUSE is set and the migration goes on: without the token function nobody would make those who arrive members. Stop both: " +
          `${commands.program("detach", "--apply")}; or leave GROUPS_OR_REFUSE out, deploy the destination, and give this command again.`,
      )
    : together([]);
