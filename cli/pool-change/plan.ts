import { isSame, type JsonObject, valueAt, withValueAt } from "../aws/json";
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

/** @throws {Error} when the snapshot lacks the target. */
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
