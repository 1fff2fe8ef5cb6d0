import { peopleOf } from "../../../sandbox/accounts/people";
import { sampleUsers } from "../../../sandbox/accounts/sample-users";
import { type Operator, openOperator } from "../../support/operator";

const sample = (name: string) => {
  const user = sampleUsers().find(({ email }) => email === `${name}@example.com`);
  if (user === undefined) throw new Error(`no ${name}`);
  return user;
};

let operator: Operator;
afterEach(() => operator.close());

test.each([
  ["ordinary", "forgot", "forgotten"],
  ["temporary", "signs in", "temporary"],
  ["reset-required", "signs in", "with a reset due at the source"],
])("status is right about how %s, who %s, came to be RESET_REQUIRED", async (name, how, told) => {
  const user = sample(name);
  operator = await openOperator({ users: [user], isAttached: true });
  const { signIn, askForCode, getUser } = peopleOf(operator.world.destination);
  await (how === "forgot" ? askForCode(user.email) : signIn(user.email, user.password));
  expect(await getUser(user.email)).toMatchObject({ UserStatus: "RESET_REQUIRED" });
  const { stdout } = await operator.run("status");
  expect(stdout).toMatch(/^1 user has been RESET_REQUIRED since/m);
  expect(stdout.replaceAll("\n", " ")).toContain(told);
  expect(stdout).toContain("or imported.");
});
