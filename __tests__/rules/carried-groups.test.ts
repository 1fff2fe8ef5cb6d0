import fc from "fast-check";
import { carriedGroups, fillable, type GroupRules, lacksRequiredGroup } from "../../rules/carried-groups";

const rules = (over: Partial<GroupRules> = {}): GroupRules => ({
  groups: ["staff", "editors", "old"],
  groupsMap: new Map([["old", "new"]]),
  groupsOrRefuse: [],
  destinationGroups: ["staff", "new", "admins"],
  sourceUserPoolId: "eu-west-1_Source001",
  destinationUserPoolId: "eu-central-1_Dest0001",
  ...over,
});

const NONE = { unlisted: 0, unknown: 0, provider: 0 };

test.each<[string, readonly string[], Partial<GroupRules>, ReturnType<typeof carriedGroups>]>([
  ["no groups", [], {}, { names: [], ...NONE }],
  ["a group that is there", ["staff"], {}, { names: ["staff"], ...NONE }],
  ["a group under another name", ["old"], {}, { names: ["new"], ...NONE }],
  ["a group that is not there", ["editors"], {}, { names: [], ...NONE, unknown: 1 }],
  ["a group that is not listed", ["admins"], {}, { names: [], ...NONE, unlisted: 1 }],
  ["the name that a map leads to is no name of the source's", ["new"], {}, { names: [], ...NONE, unlisted: 1 }],
  ["every group", ["admins", "x"], { groups: ["*"] }, { names: ["admins"], ...NONE, unknown: 1 }],
  ["a group that is called *, in a list", ["*"], {}, { names: [], ...NONE, unlisted: 1 }],
  ["letters in another case", ["Staff"], {}, { names: [], ...NONE, unlisted: 1 }],
  ["two that become one", ["staff", "old"], { groupsMap: new Map([["old", "staff"]]) }, { names: ["staff"], ...NONE }],
  ["one that is named twice", ["staff", "staff"], {}, { names: ["staff"], ...NONE }],
  [
    "a provider's, whatever is listed",
    ["eu-west-1_Source001_Google"],
    { groups: ["*", "eu-west-1_Source001_Google"], destinationGroups: ["eu-west-1_Source001_Google"] },
    { names: [], ...NONE, provider: 1 },
  ],
  [
    "into one of the destination's providers",
    ["staff"],
    {
      groupsMap: new Map([["staff", "eu-central-1_Dest0001_Google"]]),
      destinationGroups: ["eu-central-1_Dest0001_Google"],
    },
    { names: [], ...NONE, provider: 1 },
  ],
  // Such a group may give an IAM role: the operator has said whose members may have it.
  [
    "one by * that has the name to which a named group goes",
    ["admins"],
    { groups: ["*", "ops"], groupsMap: new Map([["ops", "admins"]]) },
    { names: [], ...NONE, unknown: 1 },
  ],
  [
    "one by * that the map sends where a named group goes under its own name",
    ["everyone"],
    { groups: ["*", "admins"], groupsMap: new Map([["everyone", "admins"]]) },
    { names: [], ...NONE, unknown: 1 },
  ],
  [
    "one by * that the map sends where the map sends a named group, and the named group itself",
    ["guests", "ops"],
    {
      groups: ["*", "ops"],
      groupsMap: new Map([
        ["ops", "admins"],
        ["guests", "admins"],
      ]),
    },
    { names: ["admins"], ...NONE, unknown: 1 },
  ],
  [
    "one that is called *, beside one that is named",
    ["*"],
    { groups: ["*", "admins"], groupsMap: new Map([["*", "admins"]]) },
    { names: [], ...NONE, unknown: 1 },
  ],
  [
    "several that are named and go into one",
    ["guests", "staff"],
    { groups: ["*", "guests"], groupsMap: new Map([["guests", "staff"]]) },
    { names: ["staff"], ...NONE, unknown: 1 },
  ],
  ["names that objects have", ["constructor", "__proto__"], { groups: ["*"] }, { names: [], ...NONE, unknown: 2 }],
])("%s", (_, groups, over, expected) => {
  expect(carriedGroups(groups, rules(over))).toEqual(expected);
});

test.each<[string, readonly string[] | undefined, readonly string[], boolean]>([
  ["nothing is required, and nobody knows", undefined, [], false],
  ["something is required, and nobody knows", undefined, ["staff"], true],
  ["who is no member needs nothing", ["old"], ["staff", "editors"], false],
  ["a member whose group travels", ["staff"], ["staff"], false],
  ["a member whose group travels under another name", ["old"], ["old"], false],
  ["a member whose group is not there", ["editors", "staff"], ["staff", "editors"], true],
])("%s", (_, groups, groupsOrRefuse, expected) => {
  expect(lacksRequiredGroup(groups, rules({ groupsOrRefuse }))).toBe(expected);
});

test("whoever is in no group that GROUPS names comes into none that it reaches by a name", () => {
  const name = fc.constantFrom<string>("a", "b", "c", "d", "*");
  const names = fc.uniqueArray(name);
  const map = fc.dictionary(name, name).map((pairs) => new Map(Object.entries(pairs)));
  fc.assert(
    fc.property(names, names, map, (users, groups, groupsMap) => {
      const { names: came } = carriedGroups(
        users,
        rules({ groups, groupsMap, destinationGroups: ["a", "b", "c", "d", "*"] }),
      );
      const sources = (target: string) => [...users].filter((group) => (groupsMap.get(group) ?? group) === target);
      const kept = groups.filter((group) => group !== "*").map((group) => groupsMap.get(group) ?? group);
      for (const target of came.filter((one) => kept.includes(one)))
        expect(sources(target).some((group) => group !== "*" && groups.includes(group))).toBe(true);
      // The others of `*` come as they did.
      if (groups.includes("*"))
        for (const group of users) {
          const target = groupsMap.get(group) ?? group;
          if (!kept.includes(target)) expect(came).toContain(target);
        }
    }),
  );
});

test("a member by * of a group without which nobody may arrive is refused where a name keeps the place", () => {
  const keeps = { groups: ["*", "ops"], groupsMap: new Map([["ops", "admins"]]), groupsOrRefuse: ["admins"] };
  expect(lacksRequiredGroup(["admins"], rules(keeps))).toBe(true);
  expect(lacksRequiredGroup(["admins"], rules({ ...keeps, groups: ["*", "ops", "admins"] }))).toBe(false);
});

test("what may be filled: what is named, under the name of the destination, and with * the rest", () => {
  expect(fillable({ groups: ["a", "old", "b"], groupsMap: new Map([["old", "a"]]) })).toEqual({
    named: ["a", "b"],
    every: false,
  });
  // A map alone names nothing: the group that it leads to may give a role.
  expect(fillable({ groups: ["*", "admins"], groupsMap: new Map([["staff", "operators"]]) })).toEqual({
    named: ["admins"],
    every: true,
  });
});
