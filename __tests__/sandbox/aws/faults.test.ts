import { Faults } from "../../../sandbox/aws/faults";

const outcomes = (faults: Faults, operation: string, count: number): string[] =>
  Array.from({ length: count }, () => {
    try {
      faults.check(operation);
      return "ok";
    } catch (error) {
      return (error as { type: string }).type;
    }
  });

test("nothing goes wrong by itself", () => {
  expect(outcomes(new Faults(), "ListUsers", 3)).toEqual(["ok", "ok", "ok"]);
});

test("the next call of the operation fails, and no other", () => {
  const faults = new Faults();
  outcomes(faults, "ListUsers", 1);
  faults.fail("ListUsers", { type: "TooManyRequestsException" });
  expect(outcomes(faults, "AdminGetUser", 1)).toEqual(["ok"]);
  expect(outcomes(faults, "ListUsers", 2)).toEqual(["TooManyRequestsException", "ok"]);
});

test("calls that a test names fail", () => {
  const faults = new Faults();
  faults.fail("ListUsers", { type: "InternalErrorException", when: (call) => call % 2 === 0 });
  expect(outcomes(faults, "ListUsers", 4)).toEqual(["ok", "InternalErrorException", "ok", "InternalErrorException"]);
  faults.clear();
  expect(outcomes(faults, "ListUsers", 2)).toEqual(["ok", "ok"]);
  expect(faults.calls("ListUsers")).toBe(6);
});

test("a limit counts the calls of the last second that were answered", () => {
  const faults = new Faults();
  let now = 0;
  faults.limit("ListUsers", 2, () => now);
  expect(outcomes(faults, "ListUsers", 3)).toEqual(["ok", "ok", "TooManyRequestsException"]);
  now = 999;
  expect(outcomes(faults, "ListUsers", 1)).toEqual(["TooManyRequestsException"]);
  now = 1000;
  expect(outcomes(faults, "ListUsers", 3)).toEqual(["ok", "ok", "TooManyRequestsException"]);
});

test("somebody else can act just before the next call, once", () => {
  const faults = new Faults();
  let acted = 0;
  faults.before("UpdateUserPool", () => {
    acted += 1;
  });
  outcomes(faults, "UpdateUserPool", 2);
  expect(acted).toBe(1);
});
