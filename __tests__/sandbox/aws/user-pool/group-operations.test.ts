import { named, PLAIN, userPool } from "../../../support/user-pool";

const names = Array.from({ length: 130 }, (_, index) => `user-${index}`);

test("members come in pages, each once, as they are now", async () => {
  const { call, pool } = userPool({ ...PLAIN, users: names.map((name) => named(name)) });
  await call("CreateGroup", { GroupName: "staff", Description: "who works here", Precedence: 1 });
  for (const Username of names) await call("AdminAddUserToGroup", { GroupName: "staff", Username });
  // Nobody is in twice.
  await call("AdminAddUserToGroup", { GroupName: "staff", Username: "user-0" });
  await call("AdminDisableUser", { Username: "user-129" });
  const pages: number[] = [];
  const seen: string[] = [];
  let NextToken: string | undefined;
  let last: boolean | undefined;
  do {
    const page = await call("ListUsersInGroup", { GroupName: "staff", NextToken });
    pages.push(page.Users.length);
    seen.push(...page.Users.map(({ Username }) => Username));
    last = page.Users.at(-1)?.Enabled;
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(pages).toEqual([60, 60, 10]);
  expect(seen).toEqual(names);
  expect(last).toBe(false);
  expect(pool.groups.get("staff")).toMatchObject({ Description: "who works here", Precedence: 1 });
});

test("groups come in pages, and for each user", async () => {
  const { call, refusal } = userPool({ ...PLAIN, users: [named("a")] });
  for (let index = 0; index < 61; index += 1) await call("CreateGroup", { GroupName: `group-${index}` });
  const first = await call("ListGroups");
  expect(first.Groups).toHaveLength(60);
  expect((await call("ListGroups", { NextToken: first.NextToken })).Groups).toEqual([
    expect.objectContaining({ GroupName: "group-60" }),
  ]);
  await call("AdminAddUserToGroup", { GroupName: "group-7", Username: "a" });
  await call("AdminAddUserToGroup", { GroupName: "group-9", Username: "a" });
  await call("AdminRemoveUserFromGroup", { GroupName: "group-7", Username: "a" });
  expect((await call("AdminListGroupsForUser", { Username: "a" })).Groups).toMatchObject([{ GroupName: "group-9" }]);
  expect(await refusal("CreateGroup", { GroupName: "group-9" })).toContain("GroupExistsException");
  expect(await refusal("GetGroup", { GroupName: "other" })).toBe("ResourceNotFoundException: Group not found.");
});
