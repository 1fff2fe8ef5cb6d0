import type { Json } from "../../../cli/aws/json";
import { type Change, FLOWS_PATH } from "../../../cli/pool-change/change";
import { joined, reversalOf, stateOf, type UndoRecord, undoText } from "../../../cli/pool-change/record";
import { commandLines } from "../../../config/command-lines";

const trigger = (before: Json, after: Json): Change => ({
  target: { kind: "user-pool", id: "eu-central-1_Dest0001", name: "customers" },
  path: ["LambdaConfig", "UserMigration"],
  before,
  after,
});
const flows = (id: string, before: Json, after: Json): Change => ({
  target: { kind: "app-client", id, name: "web" },
  path: FLOWS_PATH,
  before,
  after,
});

describe("one change, taken back", () => {
  const change = flows("a", ["A"], ["A", "B"]);

  test("goes back when it is still there, in whatever order", () => {
    expect(reversalOf(change, ["B", "A"])).toEqual({ kind: "change", change: flows("a", ["B", "A"], ["A"]) });
  });

  test("is nothing when it went back already, or never came", () => {
    expect(reversalOf(change, ["A"])).toEqual({ kind: "nothing" });
  });

  test("is a conflict when somebody has changed it since", () => {
    expect(reversalOf(change, ["C"])).toEqual({ kind: "conflict", change, found: ["C"] });
    expect(reversalOf(trigger(null, "arn:ours"), "arn:theirs").kind).toBe("conflict");
    expect(reversalOf(trigger("arn:theirs", "arn:ours"), null).kind).toBe("conflict");
  });
});

describe("an interrupted command and its second run", () => {
  test("are one: from what was there at first to what is there now", () => {
    expect(joined([trigger(null, "arn:ours"), flows("a", ["A"], ["A", "B"])], [flows("a", ["A"], ["A", "B"])])).toEqual(
      [trigger(null, "arn:ours"), flows("a", ["A"], ["A", "B"])],
    );
    expect(joined([trigger("arn:first", "arn:second")], [trigger("arn:second", "arn:third")])).toEqual([
      trigger("arn:first", "arn:third"),
    ]);
  });

  test("of other app clients are kept apart", () => {
    expect(joined([flows("a", ["A"], ["B"])], [flows("b", ["A"], ["B"])])).toEqual([
      flows("a", ["A"], ["B"]),
      flows("b", ["A"], ["B"]),
    ]);
  });

  test("with a change by somebody else in between begin at that", () => {
    expect(joined([trigger(null, "arn:ours")], [trigger("arn:theirs", "arn:ours")])).toEqual([
      trigger("arn:theirs", "arn:ours"),
    ]);
  });
});

describe("the line that takes a change back", () => {
  const OURS = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";
  const line = (before: Json): string =>
    undoText({ id: "1-attach", changes: [trigger(before, OURS)] }, { migration: OURS }, commandLines());

  test.each([null, `${OURS}:live`])("is whole where %p comes back", (before) => {
    expect(line(before)).toBe("npx cognito-migration undo 1-attach --apply");
  });

  test("holds no consent: that another function comes back is said beside it", () => {
    const [command, beside] = line("arn:other").split("\n");
    expect(command).toBe("npx cognito-migration undo 1-attach --apply");
    expect(beside).toBe("That puts arn:other back onto the pool, and takes --replace as well.");
  });
});

test.each<[Partial<UndoRecord>, string]>([
  [{}, "interrupted"],
  [{ finishedAt: "now" }, "done"],
  [{ finishedAt: "now", undoneAt: "later" }, "taken back later"],
  [{ replacedBy: "another" }, "continued by another"],
])("%j is told as %s", (record, told) => {
  expect(stateOf(record as UndoRecord)).toBe(told);
});
