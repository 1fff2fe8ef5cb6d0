import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

type Item = Readonly<Record<string, { readonly S: string }>>;
interface Put {
  readonly TableName: string;
  readonly Item: Item;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: object;
  readonly ExpressionAttributeValues: Item;
}
interface Answer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Stands in for the client that Lambda's runtime brings. */
const CLIENT = `exports.DynamoDBClient = class { send({ input }) { return globalThis.putItem(input); } };
exports.PutItemCommand = class { constructor(input) { this.input = input; } };`;

const folder = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, "client.cjs"), CLIENT);
buildSync({
  entryPoints: [resolve(__dirname, "../../examples/consumer/consumer.mjs")],
  bundle: true,
  platform: "node",
  outfile: join(folder, "consumer.cjs"),
  alias: { "@aws-sdk/client-dynamodb": join(folder, "client.cjs") },
});
const table = new Map<string, Item>();
const put = jest.fn(async (request: Put) => {
  expect(request).toMatchObject({
    TableName: "subs",
    ConditionExpression: "attribute_not_exists(source_sub) OR #sub = :sub",
    ExpressionAttributeNames: { "#sub": "sub" },
  });
  const key = request.Item["source_sub"]?.S ?? "";
  const there = table.get(key)?.["sub"]?.S;
  if (there !== undefined && there !== request.ExpressionAttributeValues[":sub"]?.S)
    throw Object.assign(new Error("refused"), { name: "ConditionalCheckFailedException" });
  table.set(key, request.Item);
});
Object.assign(globalThis, { putItem: put });
process.env["TABLE_NAME"] = "subs";
const { handler } = createRequire(__filename)(join(folder, "consumer.cjs")) as {
  handler(event: { Records: { messageId: string; body: string }[] }): Promise<Answer>;
};

const said: unknown[] = [];
beforeEach(() => {
  table.clear();
  said.length = 0;
  jest.spyOn(console, "warn").mockImplementation((line) => said.push(line));
  jest.spyOn(console, "error").mockImplementation((line) => said.push(line));
});

const detail = {
  sourceSub: "old-1",
  sub: "new-1",
  userPoolId: "eu-central-1_NewPool",
  how: "proven",
  at: "2026-01-01T00:00:00.000Z",
};
const record = (messageId: string, body: unknown) => ({ messageId, body: JSON.stringify(body) });

test("the first sub wins, however often its event comes, and the second is told", async () => {
  const Records = [{ detail }, { detail }, { detail: { ...detail, sub: "new-2" } }].map((body, at) =>
    record(String(at), body),
  );
  expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
  expect([...table]).toEqual([
    [
      "old-1",
      {
        source_sub: { S: "old-1" },
        sub: { S: "new-1" },
        user_pool_id: { S: "eu-central-1_NewPool" },
        how: { S: "proven" },
        migrated_at: { S: "2026-01-01T00:00:00.000Z" },
      },
    ],
  ]);
  expect(said).toEqual([{ outcome: "second_sub" }]);
});

test("what cannot be written comes again, alone", async () => {
  put.mockRejectedValueOnce(Object.assign(new Error("slow down"), { name: "ThrottlingException" }));
  const Records = [record("a", { detail }), record("b", { detail: { ...detail, sourceSub: "old-2" } })];
  expect(await handler({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: "a" }] });
  expect([...table.keys()]).toEqual(["old-2"]);
});

test.each([
  [{}],
  [{ detail: { ...detail, sub: "" } }],
  [{ detail: { ...detail, how: null } }],
  [{ detail: { ...detail, sourceSub: ["old-1"] } }],
])("is no such event, and goes to the dead letters: %j", async (body) => {
  expect(await handler({ Records: [record("a", body)] })).toEqual({ batchItemFailures: [{ itemIdentifier: "a" }] });
  expect(table.size).toBe(0);
  expect(said).toEqual([{ outcome: "failed", error_name: "TypeError" }]);
});
