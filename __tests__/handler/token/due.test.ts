import type { TokenCalls } from "../../../handler/aws/token-calls";
import { type Due, Dues } from "../../../handler/token/due";

const BUS = "arn:aws:events:eu-central-1:222222222222:event-bus/default";
const MIGRATED = {
  sourceSub: "source-sub",
  sub: "sub",
  userPoolId: "pool",
  how: "proven",
  at: "2026-01-02T03:04:05.000Z",
} as const;
const due = (more: Partial<Due> = {}): Due => ({
  userPoolId: "pool",
  username: "jane",
  sub: "sub",
  memberships: ["editors", "readers"],
  migrated: MIGRATED,
  ...more,
});
const named = (name: string): Error => Object.assign(new Error("a message"), { name });
const NOW = 1_000_000;

/** What is asked of AWS, and what each question throws. */
function aws(failures: Readonly<Record<string, unknown>> = {}) {
  const asked: string[] = [];
  const ask = async (what: string): Promise<void> => {
    asked.push(what);
    if (what in failures) throw failures[what];
  };
  const calls: TokenCalls = { addToGroup: (_, group) => ask(group), sendEvent: () => ask("event") };
  return { asked, connect: () => calls };
}

describe("what is open", () => {
  test("is all of it, the first time", () => {
    expect(new Dues().open(due())).toEqual(due());
  });

  test.each([
    ["nothing is due", { memberships: [], migrated: undefined }],
    ["all has been sent", {}],
  ])("is nothing where %s", async (_, more) => {
    const dues = new Dues();
    await dues.send(due(), BUS, aws().connect, NOW);
    expect(dues.open(due(more))).toBeUndefined();
  });

  test("is the event alone where the memberships are made, and the other way round", async () => {
    const dues = new Dues();
    await dues.send(due({ migrated: undefined }), BUS, aws().connect, NOW);
    expect(dues.open(due())).toEqual(due({ memberships: [] }));
    const others = new Dues();
    await others.send(due({ memberships: [] }), BUS, aws().connect, NOW);
    expect(others.open(due())).toEqual(due({ migrated: undefined }));
  });

  test("is everything again of who has the name now", async () => {
    const dues = new Dues();
    await dues.send(due(), BUS, aws().connect, NOW);
    const next = due({ sub: "another" });
    expect(dues.open(next)).toEqual(next);
  });
});

test.each([
  ["everything", due(), { membershipsAdded: 2, membershipsLeft: 0, eventsSent: 1, eventsLeft: 0 }],
  ["no event", due({ migrated: undefined }), { membershipsAdded: 2, membershipsLeft: 0, eventsSent: 0, eventsLeft: 0 }],
  [
    "no membership",
    due({ memberships: [] }),
    { membershipsAdded: 0, membershipsLeft: 0, eventsSent: 1, eventsLeft: 0 },
  ],
])("where %s is due, that is sent and counted", async (_, what, sent) => {
  const { asked, connect } = aws();
  expect(await new Dues().send(what, BUS, connect, NOW)).toEqual({ ...sent, errorName: undefined });
  expect(asked.sort()).toEqual([...(what.migrated ? ["event"] : []), ...what.memberships].sort());
});

test("without a bus there is no event, and nothing is loaded for it", async () => {
  const dues = new Dues();
  const connect = jest.fn(aws().connect);
  const sent = await dues.send(due({ memberships: [] }), undefined, connect, NOW);
  expect(sent).toEqual({ membershipsAdded: 0, membershipsLeft: 0, eventsSent: 0, eventsLeft: 0, errorName: undefined });
  expect(connect).not.toHaveBeenCalled();
});

describe("a failure", () => {
  /** What is sent of the next user's, so long after a failure. */
  const next = async (dues: Dues, ms: number) => {
    const { asked, connect } = aws();
    const sent = await dues.send(due({ sub: "next", migrated: { ...MIGRATED, sub: "next" } }), BUS, connect, NOW + ms);
    return { asked: asked.sort(), sent };
  };

  test.each([
    ["of the first membership", { editors: named("TooManyRequestsException") }, 0],
    ["of the second", { readers: named("TooManyRequestsException") }, 1],
    ["that is out of time, of the first", { editors: named("AbortError") }, 0],
    ["that is no error", { editors: "a string" }, 0],
    ["that is nothing", { editors: undefined }, 0],
  ])("%s ends the memberships for a minute, and the event goes out", async (_, failures, membershipsAdded) => {
    const dues = new Dues();
    const { connect } = aws(failures);
    expect(await dues.send(due(), BUS, connect, NOW)).toMatchObject({
      membershipsAdded,
      membershipsLeft: 2 - membershipsAdded,
      eventsSent: 1,
      errorName: expect.any(String),
    });
    expect(await next(dues, 59_999)).toMatchObject({ asked: ["event"], sent: { membershipsLeft: 2, eventsSent: 1 } });
    expect((await next(dues, 60_000)).asked).toEqual(["editors", "event", "readers"]);
  });

  test("that is out of time after some keeps nobody else's back", async () => {
    const dues = new Dues();
    const { connect } = aws({ readers: named("AbortError") });
    expect(await dues.send(due(), BUS, connect, NOW)).toMatchObject({ membershipsAdded: 1, membershipsLeft: 1 });
    expect((await next(dues, 0)).asked).toEqual(["editors", "event", "readers"]);
    expect(dues.open(due())?.memberships).toEqual(["readers"]);
  });

  test.each(["ResourceNotFoundException", "UserNotFoundException"])(
    "that is for good is not asked for again, and ends nothing: %s",
    async (name) => {
      const dues = new Dues();
      const { asked, connect } = aws({ editors: named(name) });
      const sent = await dues.send(due(), BUS, connect, NOW);
      expect(sent).toMatchObject({ membershipsAdded: 1, membershipsLeft: 1, errorName: name });
      expect(asked.sort()).toEqual(["editors", "event", "readers"]);
      expect(dues.open(due())).toBeUndefined();
      expect((await next(dues, 0)).asked).toEqual(["editors", "event", "readers"]);
    },
  );

  test("of the event ends events for a minute, and memberships go on", async () => {
    const dues = new Dues();
    const { connect } = aws({ event: named("ThrottlingException") });
    const sent = await dues.send(due(), BUS, connect, NOW);
    expect(sent).toEqual({
      membershipsAdded: 2,
      membershipsLeft: 0,
      eventsSent: 0,
      eventsLeft: 1,
      errorName: "ThrottlingException",
    });
    expect(dues.open(due())).toEqual(due({ memberships: [] }));
    expect(await next(dues, 59_999)).toMatchObject({ asked: ["editors", "readers"], sent: { eventsLeft: 1 } });
    expect((await next(dues, 60_000)).asked).toEqual(["editors", "event", "readers"]);
  });

  test("of both has the name of the membership's", async () => {
    const { connect } = aws({ editors: named("FirstException"), event: named("SecondException") });
    expect((await new Dues().send(due(), BUS, connect, NOW)).errorName).toBe("FirstException");
  });
});
