import { OUTCOMES } from "../../rules/outcome";
import { triedMeans } from "../../rules/tried";

test("what an operator has tried says that nobody was made, wherever a user would have been", () => {
  expect(triedMeans("migrated")).toBe("would migrate (nobody was made)");
  expect(triedMeans("migrated_reset_required")).toBe(
    "would migrate, and set a new password by a code (nobody was made)",
  );
});

test("any other outcome means what it means in the log", () => {
  expect(triedMeans("not_authorized")).toBe(OUTCOMES.not_authorized.means);
  expect(triedMeans("throttled")).toBe(OUTCOMES.throttled.means);
});

test("an outcome that only another version knows means nothing here", () => {
  expect(triedMeans("of_tomorrow")).toBe("");
});
