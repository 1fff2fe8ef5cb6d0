import { checkTokenFunction, groupsToCome, nobodysEvent } from "../../../cli/attach/token-function";
import type { ConfirmedPool } from "../../../cli/aws/confirmed-pool";
import type { JsonObject } from "../../../cli/aws/json";
import { commandLines } from "../../../config/command-lines";
import type { DestinationSettings } from "../../../config/deployment";

const FUNCTION = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_token_customers";
const POOL = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001";
const SETTINGS = {
  userPool: {
    partition: "aws",
    region: "eu-central-1",
    account: "222222222222",
    id: "eu-central-1_Dest0001",
    arn: POOL,
  },
  names: { function: "cognito_migration_customers", token: { function: "cognito_migration_token_customers" } },
  migrationStamp: "on",
  groupsMode: "token+member",
  groupsOrRefuse: [],
} as unknown as DestinationSettings;
const PERMISSION = {
  Sid: "token-trigger",
  Effect: "Allow",
  Principal: { Service: "cognito-idp.amazonaws.com" },
  Action: "lambda:InvokeFunction",
  Resource: FUNCTION,
  Condition: { StringEquals: { "AWS:SourceAccount": "222222222222" }, ArnLike: { "AWS:SourceArn": POOL } },
};

interface Answer {
  readonly Payload?: Uint8Array;
  readonly FunctionError?: string;
}
const text = (json: unknown): Answer => ({ Payload: new TextEncoder().encode(JSON.stringify(json)) });
const refusing = (name: string) => (): never => {
  throw Object.assign(new Error("not for you"), { name });
};

/** A Lambda with this function; what it was called with comes back, too. */
async function check(
  answer: (event: JsonObject) => Answer,
  {
    statements = [PERMISSION],
    signal = new AbortController().signal,
  }: { statements?: object[]; signal?: AbortSignal } = {},
) {
  const calls: { FunctionName: string; Payload: Uint8Array }[] = [];
  const aws = {
    lambda: () => ({
      send: async () => ({ Policy: JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements }) }),
    }),
    invoker: () => ({
      send: async ({ input }: { input: { FunctionName: string; Payload: Uint8Array } }) => {
        calls.push(input);
        return answer(JSON.parse(new TextDecoder().decode(input.Payload)));
      },
    }),
  };
  const objections = await checkTokenFunction({ aws } as unknown as ConfirmedPool, SETTINGS, POOL, signal);
  return { objections, calls };
}

test("is called once with an event of nobody, and expected to hand it back", async () => {
  const { objections, calls } = await check((event) => text(event));
  expect(objections).toEqual({ problems: [], warnings: [] });
  expect(calls.map(({ FunctionName }) => FunctionName)).toEqual([FUNCTION]);
});

test("the event is the first version's, of this pool, with no attribute that could be a stamp", () => {
  expect(nobodysEvent(SETTINGS)).toMatchObject({
    version: "1",
    triggerSource: "TokenGeneration_Authentication",
    userPoolId: "eu-central-1_Dest0001",
    request: { userAttributes: { "cognito:user_status": "CONFIRMED" } },
  });
});

test.each<[string, (event: JsonObject) => Answer, string]>([
  ["fails", () => ({ ...text({ errorMessage: "no" }), FunctionError: "Unhandled" }), "fails when it is called"],
  ["answers nothing", () => ({}), "does not hand back"],
  ["answers no JSON", () => ({ Payload: new TextEncoder().encode("<html>") }), "does not hand back"],
  ["answers a list", () => text([]), "does not hand back"],
  ["answers null", () => text(null), "does not hand back"],
  [
    "takes everybody's groups away",
    (event) => text({ ...event, response: { claimsOverrideDetails: { groupOverrideDetails: {} } } }),
    "does not hand back",
  ],
  ["may not run", refusing("TooManyRequestsException"), "may not run"],
])("that it %s is a problem, because every sign-in would fail", async (_, answer, said) => {
  const { objections } = await check(answer);
  expect(objections).toEqual({
    problems: [expect.stringMatching(new RegExp(`^${FUNCTION} ${said}.*As a trigger it would fail every sign-in`))],
    warnings: [],
  });
});

test("that nobody may call it from here is a note", async () => {
  const { objections } = await check(refusing("AccessDeniedException"));
  expect(objections).toEqual({ problems: [], warnings: [expect.stringContaining("takes lambda:InvokeFunction")] });
});

test("anything else that goes wrong is not swallowed", async () => {
  await expect(check(refusing("ServiceException"))).rejects.toThrow("not for you");
});

test("is not called where the pool may not call it", async () => {
  const { objections, calls } = await check((event) => text(event), { statements: [] });
  expect(objections.problems).toEqual([expect.stringContaining(`does not let ${POOL} call it`)]);
  expect(calls).toEqual([]);
});

describe("a plain attach", () => {
  const said = (LambdaConfig: JsonObject, over: object = {}) =>
    groupsToCome({ Id: "id", LambdaConfig }, { ...SETTINGS, ...over } as DestinationSettings, commandLines());

  test.each<[JsonObject, RegExp | undefined]>([
    [{}, /still to come.*: npx cognito-migration attach --groups$/],
    [{ PreTokenGeneration: FUNCTION }, undefined],
    [{ PreTokenGenerationConfig: { LambdaArn: `${FUNCTION}:live`, LambdaVersion: "V1_0" } }, undefined],
    [{ PreTokenGeneration: "arn:theirs" }, /of its own, arn:theirs\..*unless it calls withMigratedGroups/],
  ])("says whether there are groups in tokens: %j", (config, text) => {
    expect(said(config)).toEqual({
      problems: [],
      warnings: text === undefined ? [] : [expect.stringMatching(text)],
    });
    for (const off of [{ migrationStamp: "off" }, { groupsMode: "off" }])
      expect(said(config, off)).toEqual({ problems: [], warnings: [] });
  });

  test("says it for the sake of the events, too", () => {
    expect(said({}, { groupsMode: "off", migratedEventBusArn: "arn:bus" }).warnings).toHaveLength(1);
  });

  test.each<[JsonObject, RegExp | undefined]>([
    [{}, /^GROUPS_OR_REFUSE is set.*Give --groups as well.*attach --groups --apply$/],
    [{ PreTokenGeneration: FUNCTION }, undefined],
    [{ PreTokenGenerationConfig: { LambdaArn: FUNCTION, LambdaVersion: "V1_0" } }, undefined],
    [
      { PreTokenGeneration: FUNCTION, PreTokenGenerationConfig: { LambdaArn: FUNCTION, LambdaVersion: "V2_0" } },
      /^GROUPS_OR_REFUSE is set/,
    ],
    [
      { PreTokenGeneration: "arn:theirs" },
      /arn:theirs, and it stays.*makes nobody a member.*leave GROUPS_OR_REFUSE out/,
    ],
  ])("lets nobody arrive who must be made a member, and would not be: %j", (config, text) => {
    expect(said(config, { groupsOrRefuse: ["suspended"] })).toEqual({
      problems: text === undefined ? [] : [expect.stringMatching(text)],
      warnings: [],
    });
  });
});
