import { startProgress } from "../../../cli/program/progress";
import { watchedTerminal } from "../../support/watched-terminal";

test("shows what, how many, the rate and the time left", () => {
  const watched = watchedTerminal(true);
  const progress = startProgress(watched, "source users", 200);
  progress.update(50);
  progress.update(100, 100);
  progress.stop();
  expect(watched.drawn()).toMatch(/source users .*0% \| 0\/200 \| 0\/s \| .* left/);
  expect(watched.drawn()).toMatch(/100\/100 \| \d+\/s/);
});

test("draws nothing when nobody watches", () => {
  const log = watchedTerminal(false);
  const progress = startProgress(log, "source users", 200);
  progress.update(50);
  progress.stop();
  expect(log.drawn()).toBe("");
});
