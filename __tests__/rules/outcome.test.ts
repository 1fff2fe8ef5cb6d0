import { MigrationFailure, OUTCOMES, USER_MESSAGE } from "../../rules/outcome";

test("every outcome says what it means, each in words of its own", () => {
  const means = Object.values(OUTCOMES).map((outcome) => outcome.means);
  expect(new Set(means).size).toBe(means.length);
});

test("a failure says the same to every user", () => {
  expect(new MigrationFailure("access_denied", "AccessDenied").message).toBe(USER_MESSAGE);
  expect(new MigrationFailure("misconfigured").message).toBe(USER_MESSAGE);
});
