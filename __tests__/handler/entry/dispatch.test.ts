import { dispatch, type Handler } from "../../../handler/entry/dispatch";
import { USER_MIGRATION } from "../../../rules/triggers";
import { SECOND } from "../../support/second-trigger";

const CONTEXT = { awsRequestId: "id-1", getRemainingTimeInMillis: () => 5000 };

async function handlerOf(load?: (entry: string) => Promise<Handler>) {
  const loaded: string[] = [];
  const handler = await dispatch([USER_MIGRATION, SECOND], async (entry) => {
    loaded.push(entry);
    return (await load?.(entry)) ?? (async (event, context) => ({ entry, event, context }));
  });
  return { loaded, handler };
}

test("the first trigger's code is loaded with the function, another's at its first event", async () => {
  const { loaded, handler } = await handlerOf();
  expect(loaded).toEqual(["user-migration"]);
  await handler({ triggerSource: "UserMigration_Authentication" }, CONTEXT);
  expect(loaded).toEqual(["user-migration"]);
  for (let time = 0; time < 2; time += 1)
    await handler({ triggerSource: "PostAuthentication_Authentication" }, CONTEXT);
  expect(loaded).toEqual(["user-migration", "post-authentication"]);
});

test.each([
  ["UserMigration_Authentication", "user-migration"],
  ["UserMigration_ForgotPassword", "user-migration"],
  ["PostAuthentication_Authentication", "post-authentication"],
])("an event of %s goes to %s, as it is", async (triggerSource, entry) => {
  const { handler } = await handlerOf();
  const event = { triggerSource, request: {} };
  expect(await handler(event, CONTEXT)).toEqual({ entry, event, context: CONTEXT });
});

test.each([
  undefined,
  null,
  "text",
  7,
  {},
  { triggerSource: null },
  { triggerSource: "TokenGeneration_Authentication" },
])("what is no event of any trigger goes to the first: %j", async (event) => {
  const { loaded, handler } = await handlerOf();
  expect(await handler(event, CONTEXT)).toEqual({ entry: "user-migration", event, context: CONTEXT });
  expect(loaded).toEqual(["user-migration"]);
});

test("code that could not be loaded is asked for again by the next event, and holds up no migration", async () => {
  let broken = true;
  const { handler } = await handlerOf(async (entry) => {
    if (entry === "post-authentication" && broken) throw new Error("no such file");
    return async () => entry;
  });
  const second = { triggerSource: "PostAuthentication_Authentication" };
  await expect(handler(second, CONTEXT)).rejects.toThrow("no such file");
  expect(await handler({ triggerSource: "UserMigration_Authentication" }, CONTEXT)).toBe("user-migration");
  broken = false;
  expect(await handler(second, CONTEXT)).toBe("post-authentication");
});

test("a function whose first trigger cannot be loaded does not start", async () => {
  await expect(handlerOf(async () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
});
