import { masked, staleIn, withRecordings } from "../../../../sandbox/demo/full-demo/recordings";

const page = (recording: string): string =>
  `before\n<!-- status -->\n\`\`\`text\n${recording}\n\`\`\`\n<!-- /status -->\nafter\n`;
const only = (recording: string): ReadonlyMap<string, string> => new Map([["status", recording]]);

test("dates, runs and jobs are other ones in every run; numbers are not", () => {
  expect(
    masked(
      "2026-11-25  14 of 398, import-0a1b2c3d4e, 20261125T133307488Z, 2026-11-25T13:33:08.621Z, 2026-11-25 13:33 UTC",
    ),
  ).toBe("DATE  14 of 398, JOB, RUN, DATE, DATE");
});

test("a recording is stale when it differs in anything else", () => {
  expect(staleIn(page("Migrated 14 on 2026-11-25"), only("Migrated 14 on 2026-12-01"))).toEqual([]);
  expect(staleIn(page("Migrated 14 on 2026-11-25"), only("Migrated 15 on 2026-11-25"))).toEqual(["status"]);
});

test("a stale recording is replaced, and one that says the same stays", () => {
  expect(withRecordings(page("Migrated 14"), only("Migrated 15"))).toBe(page("Migrated 15"));
  expect(withRecordings(page("on 2026-11-25"), only("on 2026-12-01"))).toBe(page("on 2026-11-25"));
  expect(withRecordings("<!-- status -->\n<!-- /status -->\n", only("new"))).toBe(
    "<!-- status -->\n```text\nnew\n```\n<!-- /status -->\n",
  );
});

test("a page without the markers is refused", () => {
  expect(() => withRecordings("nothing", only("new"))).toThrow("<!-- status -->");
  expect(() => staleIn("nothing", only("new"))).toThrow("<!-- status -->");
});
