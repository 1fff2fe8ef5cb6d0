import { applyCommand, type GroupsOptions } from "../../../cli/groups/command-line";
import { commandLines } from "../../../config/command-lines";

const OPTIONS: GroupsOptions = { apply: false, json: false, named: [], requestsPerSecond: 10 };

test.each<[string, Partial<GroupsOptions>, string]>([
  ["nothing but the plan", {}, "groups --apply"],
  [
    "groups by name, quoted for the shell",
    { named: ["editors", "it's", "a&b", "--apply"] },
    "groups --group=editors '--group=it'\\''s' '--group=a&b' --group=--apply --apply",
  ],
  ["a pace that is not usual", { requestsPerSecond: 5 }, "groups --apply --requests-per-second 5"],
])("has %s", (_, options, expected) => {
  expect(applyCommand({ ...OPTIONS, ...options }, commandLines())).toBe(`npx cognito-migration ${expected}`);
});
