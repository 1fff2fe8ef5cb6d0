import { decide, facts, nameCounts, scan } from "../../support/preflight-findings";

const ONE = {
  ...scan,
  users: 1,
  linked: 1,
  names: nameCounts({
    users: 1,
    byEveryName: 0,
    byNoName: 1,
    losing: new Map([["username", 1]]),
    typedFirst: 1,
    mixedCase: 1,
    collisions: 1,
    shared: new Map([["email", 1]]),
  }),
};
const NONE = { ...ONE, linked: 0, names: nameCounts({ users: 1, byEveryName: 1 }) };
const CASE = { CaseSensitive: false };

test.each([ONE, NONE])("of one user nothing is said in the plural: %#", (found) => {
  const { source, destination } = facts;
  const required = (destination.SchemaAttributes ?? []).map((one) =>
    one.Name === "nickname" ? { ...one, Required: true } : one,
  );
  const shapes = [
    {},
    { destination: { ...destination, UsernameConfiguration: CASE } },
    { source: { ...source, UsernameAttributes: [] }, destination: { ...destination, UsernameConfiguration: CASE } },
    { destination: { ...destination, SchemaAttributes: required } },
  ];
  const said = shapes.flatMap((shape) =>
    decide(shape, { scan: found }).map(({ finding: { found: text, remedy = "" } }) => `${text} ${remedy}`),
  );
  expect(said.filter((text) => /\b1 user\b/.test(text)).length).toBeGreaterThan(2);
  expect(
    said.filter((text) => /\b1 (?:users|names|values|attributes|days|sign-ins)\b|\b1 (?:of 1 user )?have\b/.test(text)),
  ).toEqual([]);
});
