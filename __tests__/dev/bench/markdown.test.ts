import { markdown } from "../../../dev/bench/markdown";
import { FULL } from "../../../dev/bench/plan";
import { judge } from "../../../dev/bench/targets";
import { dilated } from "../../../dev/bench/time-scale";
import { withBlock } from "../../../sandbox/demo/marked-block";
import { cold, results, variant } from "../../support/bench-results";

const rowOf = (text: string, title: string): string[] =>
  (text.split("\n").find((line) => line.startsWith(`| ${title} |`)) ?? "")
    .split("|")
    .slice(2, -1)
    .map((cell) => cell.trim());

const shown = (run = results()): string => markdown(run, { handler: judge(run, "handler") });

test("a column for each variant, and medians in the rows", () => {
  const text = shown(results({ cold: [cold(), cold({ firstAnswerMs: 320 }), cold({ firstAnswerMs: 9000 })] }));
  expect(text).toContain("|  | handler | naive | floor |");
  expect(rowOf(text, "process start to first answer")).toEqual(["320", "500", "300"]);
  expect(rowOf(text, "requests / TLS handshakes of a sign-in")).toEqual(["2 / 0", "3 / 2", "2 / 0"]);
  expect(rowOf(text, "requests / TLS handshakes to the first answer")).toEqual(["3 / 2", "3 / 2", "3 / 2"]);
  expect(rowOf(text, "bytes of heap that a sign-in leaves behind, over 10,000")).toEqual(["0", "", ""]);
  expect(rowOf(text, "**Size**: bundle / zip, kB")).toEqual(["240.0 / 80.0", "240.0 / 80.0", "240.0 / 80.0"]);
});

test("one request too many among hundreds shows", () => {
  const { warm } = variant();
  const latenciesMs = Array.from({ length: 200 }, () => 85);
  const text = shown(results({ warm: { ...warm, latenciesMs, counts: { ...warm.counts, requests: 401 } } }));
  expect(rowOf(text, "requests / TLS handshakes of a sign-in")[0]).toBe("2.005 / 0");
});

test("a process that needed more requests than the others shows", () => {
  const { counts } = cold();
  const text = shown(results({ cold: [cold(), cold({ counts: { ...counts, requests: 5 } }), cold()] }));
  expect(rowOf(text, "requests / TLS handshakes to the first answer")[0]).toBe("5 / 2");
});

test("each target with its limit, what was measured and the verdict", () => {
  const text = shown(results({ zipBytes: 90_000 }));
  expect(rowOf(text, "Zip")).toEqual(["85,000 bytes", "90,000 bytes", "missed"]);
  expect(rowOf(text, "Warm p50, against the floor")).toEqual(["1.06 x", "1.04 x", "met"]);
});

test("says with what it was measured", () => {
  expect(shown()).toContain(
    "Node.js v20.0.0, a machine. Time scale 1.00: the floor loads in 75 ms of CPU, and in 75 where the targets were set. " +
      "Round trip 40 ms, 2 ms where the CPU is throttled (a quota).",
  );
  const slow = { ...results(), plan: dilated(FULL, 2.5) };
  expect(shown(slow)).toContain("Time scale 2.50:");
  expect(shown(slow)).toContain("Round trip 100 ms, 6 ms where the CPU is throttled");
});

test("a block of a page is replaced, and the rest of it stays", () => {
  const page = "before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n";
  expect(withBlock(page, "bench", "new $1")).toBe("before\n<!-- bench -->\nnew $1\n<!-- /bench -->\nafter\n");
  expect(() => withBlock("nothing", "bench", "new")).toThrow("no <!-- bench --> block");
});
