import { Stories } from "../../../sandbox/page/stories";

test("a story has its steps in order, each with the time since it began, and its end", () => {
  let now = Date.UTC(2026, 2, 1, 9, 8, 7);
  const stories = new Stories(
    () => undefined,
    () => now,
  );
  const story = stories.begin("Sign-in", "somebody");
  story.step("App", "asks", "InitiateAuth");
  now += 12;
  story.step("Destination", "answers");
  expect(stories.all).toEqual([
    {
      id: 1,
      title: "Sign-in",
      username: "somebody",
      at: "09:08:07",
      steps: [
        { afterMs: 0, actor: "App", text: "asks", call: "InitiateAuth" },
        { afterMs: 12, actor: "Destination", text: "answers" },
      ],
    },
  ]);
  story.end({ is: "good", text: "Done" });
  expect(stories.all[0]?.verdict).toEqual({ is: "good", text: "Done" });
});

test("the last story is the first, and old ones are forgotten", () => {
  const stories = new Stories(() => undefined);
  const first = stories.begin("Sign-in", "0");
  for (let number = 1; number < 20; number += 1) stories.begin("Sign-in", String(number));
  expect(stories.all.map(({ username }) => username).slice(0, 2)).toEqual(["19", "18"]);
  expect(stories.all).toHaveLength(12);
  // Whoever still writes it does no harm.
  first.step("App", "asks");
  expect(stories.all.flatMap(({ steps }) => steps)).toEqual([]);
});

test("every change is told", () => {
  let changes = 0;
  const stories = new Stories(() => {
    changes += 1;
  });
  const story = stories.begin("Sign-in", "somebody");
  story.step("App", "asks");
  story.end({ is: "refused", text: "Refused" });
  expect(changes).toBe(3);
});
