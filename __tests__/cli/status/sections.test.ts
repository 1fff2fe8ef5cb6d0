import type { Outcomes } from "../../../cli/status/outcomes";
import { outcomesSection } from "../../../cli/status/sections";
import { sampleStatus } from "../../../dev/docs/status/sample-status";

const NONE = { signIns: 0, reasons: [] };
const because = (...reasons: readonly (readonly [string, number])[]) => ({
  signIns: reasons.reduce((sum, [, signIns]) => sum + signIns, 0),
  reasons: reasons.map(([reason, signIns]) => ({ reason, signIns, means: "" })),
});

/** Names and numbers, line by line, as they are to stand there. */
test.each<[string, object, object, (readonly [string, number])[]]>([
  [
    "nothing",
    NONE,
    NONE,
    [
      ["refused", 0],
      ["failed", 0],
    ],
  ],
  [
    "refusals alone",
    because(["not_authorized", 2], ["user_disabled", 1]),
    NONE,
    [
      ["refused", 3],
      ["  not_authorized", 2],
      ["  user_disabled", 1],
      ["failed", 0],
    ],
  ],
  [
    "failures alone",
    NONE,
    because(["throttled", 4]),
    [
      ["refused", 0],
      ["failed", 4],
      ["  throttled", 4],
    ],
  ],
  [
    "both",
    because(["mfa", 4]),
    because(["deadline", 1]),
    [
      ["refused", 4],
      ["  mfa", 4],
      ["failed", 1],
      ["  deadline", 1],
    ],
  ],
])("%s: each reason stands below its own number, and is a part of it", (_, refused, failed, expected) => {
  const { outcomes } = sampleStatus();
  const { rows = [] } = outcomesSection({ outcomes: { ...outcomes, refused, failed } as Outcomes });
  expect(rows.slice(2).map(([name, count]) => [name, count])).toEqual(expected);
});
