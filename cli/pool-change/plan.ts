import { isSame, type JsonObject, valueAt, withValueAt } from "../aws/json";
import { appClientTarget, type Change, FLOWS_PATH, type Snapshot, type Target, targetText } from "./change";
import { mergeUpdate } from "./merge";

/** One update, whole. */
export interface Step {
  readonly change: Change;
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

/** @param changes One for each target at most. */
export function planUpdates(snapshot: Snapshot, changes: readonly Change[]): Plan {
  const isInPlace = ({ before, after }: Change): boolean => isSame(before, after);
  const needed = changes.filter((change) => !isInPlace(change));
  const planned = needed.map((change) => {
    const described = describedIn(snapshot, change.target);
    const expected = withValueAt(described, change.path, change.after);
    const { request, problems } = mergeUpdate(change.target.kind, expected);
    return {
      step: { change, described, expected, request },
      problems: problems.map((problem) => `${targetText(change.target)}: ${problem}`),
    };
  });
  return {
    steps: planned.map(({ step }) => step),
    inPlace: changes.filter(isInPlace),
    problems: planned.flatMap(({ problems }) => problems),
  };
}

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
