import type { ShownUser } from "../../../sandbox/accounts/own-pools/expectation";
import { type ScreenProps, screen } from "../../../sandbox/demo/screen";

const USER: ShownUser = {
  standsFor: "ordinary",
  username: "ordinary",
  password: "Aa1-password",
  expect: "signs in and keeps the password",
};
const REFUSED: ShownUser = {
  standsFor: "disabled",
  username: "disabled",
  password: "Aa1-other",
  expect: "refused: disabled at the source",
};

/** With as much of a world as it looks at. */
function lines(
  users: readonly ShownUser[],
  over: { source?: string; file?: string } & Partial<Pick<ScreenProps, "besides" | "headline" | "notes">> = {},
): string[] {
  const destination = {
    userPoolId: "us-east-1_BBBBBBBBB",
    account: "444444444444",
    region: "us-east-1",
    clientId: "id",
  };
  const source = { userPoolId: "us-gov-west-1_AAAAAAAAA", account: over.source ?? "333333333333" };
  const world = { source, destination, urls: { cognitoIdentityProvider: "http://127.0.0.1:1" } };
  const operator = { environmentFile: over.file ?? "/tmp/environment.sh" };
  const { besides = [], notes = [], headline } = over;
  return screen({
    world: world as unknown as ScreenProps["world"],
    users,
    operator,
    pageUrl: "http://127.0.0.1:2/",
    besides,
    notes,
    headline,
  }).split("\n");
}

test.each(["ordinary", "+15555550100", "Ordinary@example.com"])(
  "who signs in as %s is in the list and in the command",
  (username) => {
    const shown = lines([REFUSED, { ...USER, standsFor: username, username }]);
    expect(shown).toContain(`   ${username.padEnd(Math.max(username.length, 8))}  Aa1-password  ${USER.expect}`);
    expect(shown).toContain(`     --auth-parameters USERNAME=${username},PASSWORD=Aa1-password`);
    expect(shown).toContainEqual(expect.stringMatching(/^It answers with an AccessToken\.$/));
  },
);

test.each<[string, readonly ShownUser[], string]>([
  ["nobody is there", [], "   nobody"],
  ["nobody can sign in", [REFUSED], `   disabled  Aa1-other  ${REFUSED.expect}`],
])("where %s, it promises no tokens", (_, users, row) => {
  const shown = lines(users);
  expect(shown).toContain(row);
  expect(shown).toContain("     --auth-parameters USERNAME=NAME,PASSWORD=PASSWORD");
  expect(shown.join("\n")).not.toMatch(/AccessToken|Infinity|undefined/);
});

test("the page's address stands on a line of its own, before the commands", () => {
  const shown = lines([USER]);
  const at = shown.indexOf("Sign in and watch, in a browser on this machine: http://127.0.0.1:2/");
  expect(at).toBeGreaterThan(0);
  expect(at).toBeLessThan(shown.findIndex((line) => line.startsWith("Operate the migration")));
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

test("names the settings of .env that count, too, in lines of 80 columns", () => {
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
  expect(shown.filter((line) => line.length > 80)).toEqual([]);
});

const LONG =
  "not imitated: source Policies: no sign-in by WEB_AUTHN, EMAIL_OTP and SMS_OTP; old passwords are not remembered";

test("what is said of the pair comes first, notes come below everything that is done, and both in 80 columns", () => {
  const shown = lines([USER], { headline: `Nobody can come. ${LONG}`, notes: [LONG, "short"] });
  expect(shown[3]).toMatch(/^Nobody can come\. /);
  const at = shown.indexOf("What is not as in AWS, or not as you said");
  expect(at).toBeGreaterThan(shown.indexOf("Sign in at the destination"));
  expect(shown.slice(at).filter((line) => line.startsWith(" - "))).toEqual([
    expect.stringMatching(/^ - not imitated: source/),
    " - short",
  ]);
  expect(shown.filter((line) => line.length > 80)).toEqual([]);
  expect(lines([USER]).join("\n")).not.toContain("What is not as in AWS");
});

test("who signs in with a number is shown with what the user stands for, and who has no password without one", () => {
  const phone = { ...REFUSED, username: "+15555550102" };
  const { password: _, ...federated } = { ...REFUSED, standsFor: "federated", username: "federated@example.com" };
  const shown = lines([USER, phone, federated]).join("\n");
  expect(shown).toMatch(/^ +\+15555550102 +Aa1-other +disabled: refused: disabled at/m);
  expect(shown).toMatch(/^ +federated@example.com +\(none\) +refused: disabled at/m);
});

test("where names are long, what happens has a column of its own still", () => {
  const shown = lines([{ ...USER, username: `ordinary${"x".repeat(90)}`, expect: "signs in and keeps the password" }]);
  expect(shown.find((line) => line.includes("xxx"))).toMatch(/ signs in and keeps the$/);
});

test.each([
  ["/tmp/a b/environment.sh", "   source '/tmp/a b/environment.sh'"],
  ["/tmp/$(touch x)/environment.sh", "   source '/tmp/$(touch x)/environment.sh'"],
  ["/tmp/it's/environment.sh", "   source '/tmp/it'\\''s/environment.sh'"],
])("a path is one word of a shell: %s", (file, line) => {
  expect(lines([USER], { file })).toContain(line);
});

const FORGING = "x\u001b[2J\u009b31m\u202e\nnot imitated: nothing";

test.each<[string, () => string[]]>([
  ["a note", () => lines([USER], { notes: [FORGING] })],
  ["the headline", () => lines([USER], { headline: FORGING })],
  ["a user's name", () => lines([{ ...USER, username: FORGING }])],
  ["what happens to a user", () => lines([{ ...USER, expect: FORGING }])],
  ["a setting of .env", () => lines([USER], { besides: [FORGING] })],
])("%s neither steers the terminal nor begins a line", (_, made) => {
  const shown = made();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(shown.join("\n")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(shown.filter((line) => line.startsWith("not imitated: nothing"))).toEqual([]);
});
