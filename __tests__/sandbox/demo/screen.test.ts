import type { ShownUser } from "../../../sandbox/accounts/own-pools/expectation";
import { type ScreenProps, screen } from "../../../sandbox/demo/screen";

const USER: ShownUser = { username: "ordinary", password: "Aa1-password", expect: "signs in and keeps the password" };
const REFUSED: ShownUser = { username: "disabled", password: "Aa1-other", expect: "refused: disabled at the source" };

/** With as much of a world as it looks at. */
function lines(users: readonly ShownUser[], over: { source?: string; besides?: readonly string[] } = {}): string[] {
  const destination = {
    userPoolId: "us-east-1_BBBBBBBBB",
    account: "444444444444",
    region: "us-east-1",
    clientId: "id",
  };
  const source = { userPoolId: "us-gov-west-1_AAAAAAAAA", account: over.source ?? "333333333333" };
  const world = { source, destination, urls: { cognitoIdentityProvider: "http://127.0.0.1:1" } };
  const operator = { environmentFile: "/tmp/environment.sh" };
  const { besides = [] } = over;
  return screen({ world: world as unknown as ScreenProps["world"], users, operator, besides }).split("\n");
}

test.each(["ordinary", "+15555550100", "Ordinary@example.com"])(
  "who signs in as %s is in the list and in the command",
  (username) => {
    const shown = lines([REFUSED, { ...USER, username }]);
    expect(shown).toContain(`   ${username.padEnd(Math.max(username.length, 8))}  Aa1-password  ${USER.expect}`);
    expect(shown).toContain(`     --auth-parameters 'USERNAME=${username},PASSWORD=Aa1-password'`);
    expect(shown).toContainEqual(expect.stringMatching(/^It answers with an AccessToken\. Each event/));
  },
);

test.each<[string, readonly ShownUser[], string]>([
  ["nobody is there", [], "   nobody"],
  ["nobody can sign in", [REFUSED], `   disabled  Aa1-other  ${REFUSED.expect}`],
])("where %s, it promises no tokens", (_, users, row) => {
  const shown = lines(users);
  expect(shown).toContain(row);
  expect(shown).toContain("     --auth-parameters 'USERNAME=NAME,PASSWORD=PASSWORD'");
  expect(shown.join("\n")).not.toMatch(/AccessToken|Infinity|undefined/);
});

test("the pools' ids stand in one column, whatever their lengths", () => {
  const columns = lines([USER]).flatMap((line) => (/ account \d/.test(line) ? [line.indexOf(" account ")] : []));
  expect(columns).toEqual([columns[0], columns[0]]);
});

test.each([
  ["333333333333", "Two AWS accounts on this machine."],
  ["444444444444", "One AWS account on this machine."],
])("a source in account %s: %s", (source, said) => {
  expect(lines([USER], { source })[0]).toContain(said);
});

test("names the settings of .env that count, too, in lines of 110 columns", () => {
  const besides = [
    "MFA_POLICY",
    "TAGS",
    "LAMBDA_MEMORY_MB",
    "LAMBDA_TIMEOUT_SECONDS",
    "ALARM_TOPIC_ARN",
    "ATTRIBUTE_MAP",
  ];
  const shown = lines([USER], { besides });
  for (const name of besides) expect(shown.join("\n")).toContain(name);
  expect(shown.filter((line) => line.length > 110)).toEqual([]);
});
