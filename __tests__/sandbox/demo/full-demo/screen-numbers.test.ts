import { ended, numberOf, numbersAre, shows } from "../../../../sandbox/demo/full-demo/screen-numbers";

const screen = {
  status: 0,
  text: "Users        %\nIn the source  1,398  100.0\nrefused  24\n  mfa  7  second factor\n",
};

test("a row's number is found by its label", () => {
  expect([numberOf(screen, "In the source"), numberOf(screen, "refused"), numberOf(screen, "mfa")]).toEqual([
    1398, 24, 7,
  ]);
});

test("a row that is not there, or has another number, is no proof", () => {
  expect(() => numberOf(screen, "failed")).toThrow('a row "failed"');
  expect(() => numberOf(screen, "Users")).toThrow('a row "Users"');
  expect(() => numbersAre(screen, { refused: 24, mfa: 8 })).toThrow('8 in the row "mfa", not 7');
});

test("another exit code, or a text that is not there, is told with the whole screen", () => {
  expect(() => ended(screen, 1)).toThrow(/exit code 1, not 0:\nUsers/);
  expect(() => shows(screen, "Done")).toThrow(/"Done" on the screen:\nUsers/);
});
