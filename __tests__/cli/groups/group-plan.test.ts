import {
  applyCommand,
  describeGroups,
  type GroupPlan,
  type GroupsOptions,
  type PlannedGroup,
} from "../../../cli/groups/group-plan";
import { commandLines } from "../../../config/command-lines";

const GROUP: PlannedGroup = {
  name: "editors",
  exists: true,
  roleArn: undefined,
  roleArnAtDestination: undefined,
  isLeftAlone: false,
  membersAtSource: 1,
  toAdd: 0,
};
const planOf = (more: Partial<GroupPlan>): GroupPlan => ({
  groups: [GROUP],
  additions: [],
  present: [],
  disputed: 0,
  missing: [],
  writers: [],
  subAttribute: undefined,
  ...more,
});

test("never says that the carried sub becomes proof by taking it out of WriteAttributes", () => {
  const text = describeGroups(planOf({ subAttribute: "custom:source_sub", writers: ["app-1"] }));
  expect(text).toContain("custom:source_sub is no proof of who somebody was: 1 app client may write it (app-1).");
  expect(text).toContain("what was written before cannot be told apart");
  expect(text).toContain("only worth something if no app client could ever write it");
});

test("names app clients on one line", () => {
  const text = describeGroups(planOf({ subAttribute: "custom:source_sub", writers: ["app\n\u200b\u202eDone."] }));
  expect(text).toContain("(app\\u000a\\u200b\\u202eDone.)");
});

test.each([
  ["editors", "--group=editors"],
  ["-all", "--group=-all"],
  ["a;reboot", "'--group=a;reboot'"],
  ["$(id)'", "'--group=$(id)'\\'''"],
])("of the group %s it says how to name it in a shell", (name, option) => {
  const left = { ...GROUP, name, roleArnAtDestination: "arn:aws:iam::2:role/x", isLeftAlone: true };
  expect(describeGroups(planOf({ groups: [left] }))).toContain(
    `members get arn:aws:iam::2:role/x; left alone without ${option}`,
  );
});

const OPTIONS: GroupsOptions = { apply: false, json: false, named: [], requestsPerSecond: 10 };

test.each<[string, Partial<GroupsOptions>, string]>([
  ["nothing but the plan", {}, "groups --apply"],
  [
    "groups by name, quoted for the shell",
    { named: ["editors", "it's", "a&b", "--apply"] },
    "groups --group=editors '--group=it'\\''s' '--group=a&b' --group=--apply --apply",
  ],
  ["a pace that is not usual", { requestsPerSecond: 5 }, "groups --apply --requests-per-second 5"],
])("the command that does it has %s", (_, options, expected) => {
  expect(applyCommand({ ...OPTIONS, ...options }, commandLines())).toBe(`npx cognito-migration ${expected}`);
});
