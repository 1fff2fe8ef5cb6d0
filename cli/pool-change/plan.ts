import { createTwoFilesPatch } from "diff";
import { hasPasswordFlow } from "../../rules/app-client";
import { isSame, type JsonObject, sorted, valueAt, withValueAt } from "../aws/json";
import { namedFlows } from "./auth-flows";
import { appClientTarget, byTarget, type Change, FLOWS_PATH, type Snapshot, type Target, targetText } from "./change";
import { mergeUpdate } from "./merge";

/** One update, whole: all that changes of one target. */
export interface Step {
  readonly target: Target;
  readonly changes: readonly Change[];
  /** What the plan was made from. */
  readonly described: JsonObject;
  /** What describe shall return afterwards. */
  readonly expected: JsonObject;
  readonly request: JsonObject;
}

export interface Plan {
  /** In this order. Empty: nothing to do. */
  readonly steps: readonly Step[];
  /** What is like that already. */
  readonly inPlace: readonly Change[];
  /** Reasons why nothing may be updated. */
  readonly problems: readonly string[];
}

export function planUpdates(snapshot: Snapshot, changes: readonly Change[]): Plan {
  const isInPlace = ({ before, after }: Change): boolean => isSame(before, after);
  const needed = changes.filter((change) => !isInPlace(change));
  const planned = byTarget(needed).map(([target, own]) => {
    const described = describedIn(snapshot, target);
    const expected = withChanges(described, own);
    const { request, problems } = mergeUpdate(target.kind, expected);
    return {
      step: { target, changes: own, described, expected, request },
      problems: problems.map((problem) => `${targetText(target)}: ${problem}`),
    };
  });
  return {
    steps: planned.map(({ step }) => step),
    inPlace: changes.filter(isInPlace),
    problems: planned.flatMap(({ problems }) => problems),
  };
}

export const changesOf = ({ steps }: Pick<Plan, "steps">): readonly Change[] => steps.flatMap(({ changes }) => changes);

/** What was described, as it is once that has changed. */
export const withChanges = (described: JsonObject, changes: readonly Change[]): JsonObject =>
  changes.reduce((json, { path, after }) => withValueAt(json, path, after), described);

export function describedIn({ userPool, clients }: Snapshot, { kind, id }: Target): JsonObject {
  const described = kind === "user-pool" ? userPool : clients.find((client) => client["ClientId"] === id);
  if (described === undefined) throw new Error(`the snapshot has no app client ${id}`);
  return described;
}

/**
 * @param before Flows that are in force, whether the client names them or not.
 * @param after The same, when the client is to stay as it is; [] is sent as nothing at all.
 */
export function flowsChange(client: JsonObject, before: readonly string[], after: readonly string[]): Change {
  const named = valueAt(client, FLOWS_PATH);
  const wanted = after.length === 0 ? null : after;
  return {
    target: appClientTarget(client),
    path: FLOWS_PATH,
    before: named,
    after: isSame(before, after) ? named : wanted,
  };
}

/** What the operator has to know of each change that takes the password flow off an app client: it is not about the trigger. */
export function passwordFlowNotes(changes: readonly Change[]): readonly string[] {
  return changes
    .filter(({ path }) => isSame(path, FLOWS_PATH))
    .filter(({ before, after }) => hasPasswordFlow(namedFlows(before)) && !hasPasswordFlow(namedFlows(after)))
    .map(
      ({ target }) =>
        `An app that still sends passwords through ${targetText(target)} cannot sign anyone in afterwards: ` +
        "release the one that uses SRP first.",
    );
}

/** What would change, as a unified diff of everything that AWS described: what is not marked stays. */
export const planText = (steps: readonly Step[]): string => steps.map(stepText).join("\n");

function stepText({ target, described, expected }: Step): string {
  const name = targetText(target);
  const patch = createTwoFilesPatch(`${name}, now`, `${name}, then`, linesOf(described), linesOf(expected), "", "", {
    context: 2,
  });
  return patch.replace(/^=+\n/, "").trimEnd();
}

const linesOf = (json: JsonObject): string => `${JSON.stringify(sorted(json), undefined, 2)}\n`;
