import { type PolicyDocument, tokenPermissions } from "../../../rules/policies";
import { CredentialStore } from "../../../sandbox/aws/credentials";
import { type BusEvent, eventBridgeService } from "../../../sandbox/aws/event-bridge";
import { Faults } from "../../../sandbox/aws/faults";
import type { Request, Response } from "../../../sandbox/aws/http";
import { decide } from "../../../sandbox/aws/iam";

const BUS = "arn:aws:events:eu-central-1:222222222222:event-bus/people";
const ENTRY = { Source: "shop", DetailType: "Moved", Detail: '{"a":1}', EventBusName: BUS };

const ONE_BUS: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "events:PutEvents", Resource: BUS }],
};

/** The service, asked with a right to one bus. */
function service(policy = ONE_BUS) {
  const credentials = new CredentialStore();
  const faults = new Faults();
  const kept: BusEvent[] = [];
  const serve = eventBridgeService({ credentials, decide }, faults, (event) => kept.push(event));
  const account = "222222222222";
  const arn = `arn:aws:iam::${account}:role/token`;
  const session = credentials.issue({ arn, account, policies: [policy] });
  const put = async (
    Entries: readonly object[],
    token = session.sessionToken,
  ): Promise<[number, Record<string, unknown>]> => {
    const request: Request = {
      method: "POST",
      path: "/",
      headers: {
        "x-amz-target": "AWSEvents.PutEvents",
        authorization: `AWS4-HMAC-SHA256 Credential=${session.accessKeyId}/20260101/eu-central-1/events/aws4_request`,
        "x-amz-security-token": token,
      },
      body: JSON.stringify({ Entries }),
    };
    const { status, body }: Response = await serve(request);
    return [status, JSON.parse(body)];
  };
  return { put, kept, faults };
}

test("keeps an event, whether the bus is named by its ARN or its name", async () => {
  const { put, kept } = service();
  const answer = { FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }, { EventId: expect.any(String) }] };
  expect(await put([ENTRY, { ...ENTRY, EventBusName: "people" }])).toEqual([200, answer]);
  const event = { eventBusArn: BUS, source: "shop", detailType: "Moved", detail: { a: 1 }, account: "222222222222" };
  expect(kept).toMatchObject([event, event]);
});

test("an entry that is no event fails alone, and says so in an answer that succeeds", async () => {
  const { put, kept } = service();
  const [status, answer] = await put([{ ...ENTRY, Detail: "no JSON" }, { ...ENTRY, Source: undefined }, ENTRY]);
  expect([status, answer["FailedEntryCount"], kept.length]).toEqual([200, 2, 1]);
  expect(answer["Entries"]).toMatchObject([{ ErrorCode: "MalformedDetail" }, { ErrorCode: "InvalidArgument" }, {}]);
});

test.each([
  ["another bus", [{ ...ENTRY, EventBusName: "others" }], "AccessDeniedException"],
  ["one bus of two", [ENTRY, { ...ENTRY, EventBusName: undefined }], "AccessDeniedException"],
  ["no entries", [], "ValidationException"],
  ["eleven entries", Array.from({ length: 11 }, () => ENTRY), "ValidationException"],
])("%s is refused, and nothing is kept", async (_, entries, type) => {
  const { put, kept } = service();
  expect((await put(entries))[1]["__type"]).toBe(type);
  expect(kept).toEqual([]);
});

test.each([
  ["its own event", {}, 200],
  ["another system's", { Source: "shop" }, 400],
  ["AWS's", { Source: "aws.ec2" }, 400],
  ["another of the migration", { DetailType: "UserDeleted" }, 400],
  ["in another case", { Source: "Cognito-Migration" }, 400],
])("with its role the token function can send %s: %j", async (_, over, expected) => {
  const { put, kept } = service(
    tokenPermissions({ logGroupArn: "arn:aws:logs:eu-central-1:222222222222:log-group:x", eventBusArn: BUS }),
  );
  const own = { ...ENTRY, Source: "cognito-migration", DetailType: "UserMigrated" };
  // Beside one of its own.
  const [status, answer] = await put([own, { ...own, ...over }]);
  expect([status === 200, kept.length, answer["__type"]]).toEqual(
    expected === 200 ? [true, 2, undefined] : [false, 0, "AccessDeniedException"],
  );
});

test("who is not signed in here, and who is throttled, puts nothing", async () => {
  const { put, kept, faults } = service();
  expect((await put([ENTRY], "another"))[1]["__type"]).toBe("UnrecognizedClientException");
  faults.fail("PutEvents", { type: "ThrottlingException" });
  expect((await put([ENTRY]))[1]["__type"]).toBe("ThrottlingException");
  expect(kept).toEqual([]);
});
