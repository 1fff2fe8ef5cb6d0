import { openWorld, type PaperWorld, placeOf, SOURCE_POOL } from "../../../sandbox/accounts/from-synth";
import { peopleOf } from "../../../sandbox/accounts/people";
import { sampleGroups, sampleUsers } from "../../../sandbox/accounts/sample-users";
import type { User } from "../../../sandbox/aws/user-pool/user";
import { ROOT } from "../../support/program";

const users = sampleUsers();
let world: PaperWorld;
beforeAll(async () => {
  world = await openWorld({ root: ROOT, users, groups: sampleGroups(users, placeOf(SOURCE_POOL)) });
});
afterAll(() => world.close());

const arrived = (email: string): User | undefined => world.destination.userPool.users.find(email);

/** What each beginning of `expect` says, and each of its other parts. */
const ANSWERS = {
  "signs in": "tokens",
  refused: "NotAuthorizedException",
  "must set": "PasswordResetRequiredException",
};
const REASON: Readonly<Record<string, string>> = {
  "disabled at the source": "user_disabled",
  "never confirmed": "user_unconfirmed",
  "MFA_POLICY is reject": "mfa",
  // Cognito tells a user without a password from a wrong password to nobody.
  "has no password": "not_authorized",
  "must reset, but no code could reach this user": "no_recovery_channel",
};

test.each(users.map((user) => [user.email, user] as const))("%s: what is expected comes true", async (email, user) => {
  const [beginning, answer] = Object.entries(ANSWERS).find(([start]) => user.expect.startsWith(start)) ?? [];
  expect(await peopleOf(world.destination).signIn(email, user.password)).toBe(answer);
  const [, more = ""] =
    /^(?:signs in(?: and keeps the password)?|refused|must set a new password by a code)[;:,]? ?(.*)$/.exec(
      user.expect,
    ) ?? [];
  const there = arrived(email);
  const { reason } = JSON.parse(world.function.log.trim().split("\n").at(-1) ?? "") as { reason?: string };
  if (beginning === "refused") expect([there, reason]).toEqual([undefined, REASON[more]]);
  else if (more === "email not verified") expect(there?.attributes["email_verified"]).toBe("false");
  else if (more === "custom:legacy stays behind") {
    expect(user.attributes["custom:legacy"]).toBeDefined();
    expect(there?.attributes["custom:legacy"]).toBeUndefined();
  } else if (more === "in capitals or not") {
    expect(email).not.toBe(email.toLowerCase());
    for (const typed of [email.toLowerCase(), email.toUpperCase()])
      expect(await peopleOf(world.destination).signIn(typed, user.password)).toBe("tokens");
  } else expect(more).toBe("");
});

test("who must set a new password does so by a code", () => {
  for (const { email, expect: expected } of users)
    if (expected.startsWith("must set")) expect(arrived(email)?.status).toBe("RESET_REQUIRED");
});

test("there are groups: one with a role, one in letters of other scripts, one without members", () => {
  const { groups } = world.source.userPool;
  const all = groups.all.map((group) => ({ ...group, members: groups.membersOf(group.GroupName).length }));
  expect(all.some(({ RoleArn, Precedence }) => RoleArn !== undefined && Precedence !== undefined)).toBe(true);
  expect(all.some(({ GroupName, members }) => /[^\x20-\x7e]/.test(GroupName) && members > 0)).toBe(true);
  expect(all.some(({ members }) => members === 0)).toBe(true);
});
