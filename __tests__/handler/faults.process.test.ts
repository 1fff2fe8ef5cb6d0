import { readdirSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { DEADLINE_MS } from "../../rules/metrics";
import { json, type Misbehaviour, type Request, type Response } from "../../sandbox/aws/http";
import type { LambdaFunction } from "../../sandbox/aws/lambda";
import { behindTls } from "../support/behind-tls";
import { canariesIn } from "../support/canaries";
import { invoke, packagedFunction, type Reported, signInEvent } from "../support/packaged-function";
import { type Answer, assumedRole, awsError, type ScriptedAws, scriptedAws, stsError } from "../support/scripted-aws";
import { healthy, SECRETS, sourceProfile, sourceTokens, TELLTALE } from "../support/source-user";

/** Cognito's patience: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
const COGNITO_WAITS_MS = 5000;

const SIGN_IN = "AdminInitiateAuth";
const PROFILE = "AdminGetUser";
const STS = "AssumeRole";
const ALL = [STS, SIGN_IN, PROFILE];

interface Fault {
  readonly title: string;
  /** What is different from a healthy source. */
  readonly answers?: ScriptedAws["answers"];
  readonly environment?: Readonly<Record<string, string>>;
  /** As on AWS; without it the SDK's own connections are used, and not those of warm-agent.ts. */
  readonly tls?: true;
  /** A sign-in that goes well, and what happens after it. */
  readonly afterOneSignIn?: (aws: ScriptedAws, fn: LambdaFunction) => Promise<void>;
  /** Kind, and reason if there is one. */
  readonly expected: string;
  readonly calls: readonly string[];
}

const never = (): Promise<never> => new Promise(() => undefined);
const after =
  (ms: number, answer: () => Response): Answer =>
  async () => {
    await wait(ms);
    return answer();
  };
/** The first answers in order, and the last for ever. */
function inTurn(...answers: readonly Answer[]): Answer {
  let index = 0;
  return (request) => {
    const answer = answers[Math.min(index, answers.length - 1)];
    index += 1;
    return answer === undefined ? never() : answer(request);
  };
}
const reset =
  (afterMs: number): Answer =>
  () =>
  (outgoing) =>
    setTimeout(() => outgoing.socket?.resetAndDestroy(), afterMs);
/** Headers at once, and then a byte now and again. */
const trickle: Answer = () => (outgoing) => {
  outgoing.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
  const timer = setInterval(() => outgoing.write(" "), 100);
  outgoing.once("close", () => clearInterval(timer));
};
const cutShort: Answer = () => (outgoing) => {
  outgoing.writeHead(200, { "content-type": "application/x-amz-json-1.1", "content-length": "1000" });
  outgoing.write('{"AuthenticationResult":');
  setTimeout(() => outgoing.socket?.destroy(), 150);
};
const busy = (): Response => awsError("TooManyRequestsException", TELLTALE);
const busyFor = (seconds: string): Response => ({
  ...busy(),
  headers: { ...busy().headers, "retry-after": seconds },
});
const broken = (): Response => awsError("InternalErrorException", TELLTALE, 500);
const page = (): Response => ({ status: 503, headers: { "content-type": "text/html" }, body: `<p>${TELLTALE}` });

/** Signs with the right key, but an hour ago. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const HOUR_MS = 3_600_000;
function inAnHour(answer: () => Response, name: string): Answer {
  return ({ headers }: Request) => {
    const [, y, m, d, h, min, s] = /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(String(headers["x-amz-date"])) ?? [];
    const sentMs = Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}Z`);
    const nowMs = Date.now() + HOUR_MS;
    const skewed = Math.abs(nowMs - sentMs) > 300_000;
    const response = skewed
      ? name.includes("Exception")
        ? awsError(name, "Signature expired")
        : stsError(name)
      : answer();
    return { ...response, headers: { ...response.headers, date: new Date(nowMs).toUTCString() } };
  };
}

/** New ones for each try: some answers count how often they were given. */
const faults = (): readonly Fault[] => [
  { title: "none", expected: "migrated", calls: ALL },
  {
    title: "STS takes longer than a first read may",
    answers: { [STS]: after(1700, assumedRole) },
    expected: "migrated",
    calls: [STS, STS, SIGN_IN, PROFILE],
  },
  {
    title: "STS hangs once",
    answers: { [STS]: inTurn(never, () => assumedRole()) },
    expected: "migrated",
    calls: [STS, STS, SIGN_IN, PROFILE],
  },
  { title: "STS hangs", answers: { [STS]: never }, expected: "failed deadline", calls: [STS, STS] },
  {
    title: "STS is broken once",
    answers: {
      [STS]: inTurn(
        () => stsError("InternalFailure", 500),
        () => assumedRole(),
      ),
    },
    expected: "migrated",
    calls: [STS, STS, SIGN_IN, PROFILE],
  },
  {
    title: "STS refuses",
    answers: { [STS]: () => stsError("AccessDenied") },
    expected: "failed access_denied",
    // Once while the function loaded, and once for the user.
    calls: [STS, STS],
  },
  {
    title: "a sign-in takes two seconds to its first byte",
    answers: { [SIGN_IN]: after(2000, sourceTokens) },
    expected: "migrated",
    calls: ALL,
  },
  { title: "a sign-in hangs", answers: { [SIGN_IN]: never }, expected: "failed deadline", calls: [STS, SIGN_IN] },
  {
    title: "a sign-in is answered a byte at a time",
    answers: { [SIGN_IN]: trickle },
    expected: "failed deadline",
    calls: [STS, SIGN_IN],
  },
  {
    title: "a profile takes two seconds to its first byte",
    answers: { [PROFILE]: after(2000, sourceProfile) },
    expected: "migrated",
    calls: [...ALL, PROFILE],
  },
  {
    title: "a profile hangs once",
    answers: { [PROFILE]: inTurn(never, () => sourceProfile()) },
    expected: "migrated",
    calls: [...ALL, PROFILE],
  },
  { title: "a profile hangs", answers: { [PROFILE]: never }, expected: "failed deadline", calls: [...ALL, PROFILE] },
  {
    title: "the connection of a sign-in is reset when it has been sent",
    answers: { [SIGN_IN]: reset(150) },
    expected: "failed source_unavailable",
    calls: [STS, SIGN_IN],
  },
  {
    title: "the connection of a sign-in is cut in the middle of the answer",
    answers: { [SIGN_IN]: cutShort },
    expected: "failed source_unavailable",
    calls: [STS, SIGN_IN],
  },
  {
    title: "the connection of a profile is reset once",
    answers: { [PROFILE]: inTurn(reset(150), () => sourceProfile()) },
    expected: "migrated",
    calls: [...ALL, PROFILE],
  },
  {
    title: "a sign-in meets an error of the server, which may have counted it",
    answers: { [SIGN_IN]: inTurn(broken, () => sourceTokens()) },
    expected: "failed source_unavailable",
    calls: [STS, SIGN_IN],
  },
  {
    title: "a profile meets an error of the server once",
    answers: { [PROFILE]: inTurn(broken, () => sourceProfile()) },
    expected: "migrated",
    calls: [...ALL, PROFILE],
  },
  {
    title: "a gateway answers for the profile with a page",
    answers: { [PROFILE]: page },
    expected: "failed source_unavailable",
    calls: [...ALL, PROFILE, PROFILE],
  },
  {
    title: "a sign-in is throttled once",
    answers: { [SIGN_IN]: inTurn(busy, () => sourceTokens()) },
    expected: "migrated",
    calls: [STS, SIGN_IN, SIGN_IN, PROFILE],
  },
  {
    title: "a sign-in is throttled once, for a second",
    answers: {
      [SIGN_IN]: inTurn(
        () => busyFor("1"),
        () => sourceTokens(),
      ),
    },
    expected: "migrated",
    calls: [STS, SIGN_IN, SIGN_IN, PROFILE],
  },
  {
    title: "a sign-in is throttled for longer than Cognito waits",
    answers: { [SIGN_IN]: () => busyFor("10") },
    expected: "failed throttled",
    calls: [STS, SIGN_IN],
  },
  {
    title: "a sign-in is throttled and throttled",
    answers: { [SIGN_IN]: busy },
    expected: "failed throttled",
    calls: [STS, SIGN_IN, SIGN_IN, SIGN_IN],
  },
  {
    title: "a wrong password, which is final",
    answers: { [SIGN_IN]: () => awsError("NotAuthorizedException", TELLTALE) },
    expected: "refused not_authorized",
    calls: [STS, SIGN_IN],
  },
  {
    title: "the clock is an hour slow",
    answers: {
      [STS]: inAnHour(assumedRole, "SignatureDoesNotMatch"),
      [SIGN_IN]: inAnHour(sourceTokens, "InvalidSignatureException"),
      [PROFILE]: inAnHour(sourceProfile, "InvalidSignatureException"),
    },
    expected: "migrated",
    calls: [STS, STS, SIGN_IN, SIGN_IN, PROFILE],
  },
  {
    title: "DNS does not know the source",
    environment: { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: "http://cognito-idp.invalid" },
    expected: "failed source_unavailable",
    calls: [STS, SIGN_IN, SIGN_IN, SIGN_IN],
  },
  {
    title: "nobody listens",
    environment: { AWS_ENDPOINT_URL_STS: "http://127.0.0.1:9" },
    expected: "failed source_unavailable",
    calls: [STS, STS, STS, STS, STS, STS],
  },
  {
    title: "the credentials expire between two sign-ins",
    answers: {
      [STS]: inTurn(
        () => assumedRole(undefined, "ASIAFIRST"),
        () => assumedRole(undefined, "ASIASECOND"),
      ),
    },
    afterOneSignIn: async (aws) => {
      aws.answers[SIGN_IN] = ({ headers }) =>
        headers.authorization?.includes("ASIASECOND") ? sourceTokens() : awsError("ExpiredTokenException");
    },
    expected: "migrated",
    calls: [SIGN_IN, STS, SIGN_IN, PROFILE],
  },
  {
    title: "the credentials expire between the two calls",
    answers: {
      [STS]: inTurn(
        () => assumedRole(undefined, "ASIAFIRST"),
        () => assumedRole(undefined, "ASIASECOND"),
      ),
    },
    afterOneSignIn: async (aws) => {
      aws.answers[PROFILE] = ({ headers }) =>
        headers.authorization?.includes("ASIASECOND") ? sourceProfile() : awsError("ExpiredTokenException");
    },
    expected: "migrated",
    calls: [SIGN_IN, PROFILE, STS, PROFILE],
  },
  {
    title: "STS cannot renew credentials that are still good for a minute",
    answers: { [STS]: () => assumedRole(new Date(Date.now() + 60_000)) },
    afterOneSignIn: async (aws) => {
      aws.answers[STS] = () => stsError("AccessDenied");
    },
    expected: "migrated",
    calls: [STS, SIGN_IN, PROFILE],
  },
  {
    title: "a new connection is reset at once when a sign-in has been sent on it",
    tls: true,
    afterOneSignIn: async (aws) => {
      aws.dropConnections();
      await wait(200);
      aws.answers[SIGN_IN] = inTurn(reset(5), () => sourceTokens());
    },
    expected: "failed source_unavailable",
    calls: [SIGN_IN],
  },
  {
    title: "a kept connection turns out to be dead when a sign-in is sent on it",
    tls: true,
    afterOneSignIn: async (aws) => {
      aws.answers[SIGN_IN] = inTurn(reset(0), () => sourceTokens());
    },
    expected: "migrated",
    calls: [SIGN_IN, SIGN_IN, PROFILE],
  },
  {
    title: "connections are closed while the function is frozen",
    afterOneSignIn: async (aws, fn) => {
      const { pid } = fn;
      if (pid === undefined) throw new Error("the function has no process");
      process.kill(pid, "SIGSTOP");
      aws.dropConnections();
      await wait(50);
      // The event is there before the function wakes, as on Lambda.
      setTimeout(() => process.kill(pid, "SIGCONT"), 50);
    },
    expected: "migrated",
    calls: [SIGN_IN, PROFILE],
  },
];

interface Result extends Reported {
  readonly received: readonly string[];
  readonly log: string;
}

async function provoke({ answers, environment, tls, afterOneSignIn }: Fault): Promise<Result> {
  const aws = await scriptedAws();
  const front = tls && (await behindTls(aws.url));
  const fn = packagedFunction(front?.url ?? aws.url, { ...environment, ...front?.environment });
  try {
    aws.answers = { ...healthy(), ...answers };
    if (afterOneSignIn) {
      const first = await invoke(fn, signInEvent());
      if (isSlow(first)) return { ...first, received: [], log: fn.log };
      expect(first.line).toMatchObject({ outcome: "migrated" });
      aws.calls.length = 0;
      await afterOneSignIn(aws, fn);
    }
    const reported = await invoke(fn, signInEvent());
    return { ...reported, received: [...aws.calls], log: fn.log };
  } finally {
    await fn.stop();
    await front?.close();
    await aws.close();
  }
}

/** So many at a time: most of them wait, but each begins with a process. */
const AT_A_TIME = 4;

/** Longer than INIT waits for anything: a machine on which a process starts so slowly shows nothing about the handler. */
const SLOW_START_MS = 2500;
const isSlow = ({ invocation: { initMs = 0 } }: Reported): boolean => initMs >= SLOW_START_MS;
const TRIES = 4;

async function provokeInPeace(title: string): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    const fault = faults().find((one) => one.title === title);
    if (fault === undefined) throw new Error(`there is no fault ${title}`);
    const result = await provoke(fault);
    if (!isSlow(result) || tries === TRIES) return result;
  }
}
const results = new Map<string, Result>();

beforeAll(async () => {
  const waiting = faults().map(({ title }) => title);
  const work = async (): Promise<void> => {
    for (let title = waiting.shift(); title; title = waiting.shift()) results.set(title, await provokeInPeace(title));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
});

describe.each(faults().map((fault) => [fault.title, fault] as const))("%s", (_, fault) => {
  const result = (): Result => {
    const found = results.get(fault.title);
    if (found === undefined) throw new Error("it was not provoked");
    return found;
  };

  test("ends as it should, with the calls that it should have made", () => {
    const { line, received } = result();
    const { outcome, reason, calls } = line as { outcome: string; reason?: string; calls: string[] };
    expect([outcome, ...(reason === undefined ? [] : [reason])].join(" ")).toBe(fault.expected);
    expect(calls).toEqual(fault.calls);
    expect(received.filter((call) => call === SIGN_IN).length).toBeLessThanOrEqual(
      fault.calls.filter((call) => call === SIGN_IN).length,
    );
  });

  test("is answered before Cognito hangs up, and says so", () => {
    const { waitedMs, line } = result();
    expect(waitedMs).toBeLessThan(COGNITO_WAITS_MS);
    expect(line["Duration"]).toBeLessThanOrEqual(DEADLINE_MS + 100);
  });

  test("leaves nothing of the user in what was written", () => {
    expect(canariesIn(result().log, SECRETS)).toEqual([]);
  });
});

test("a process that dies leaves nothing of the user behind", async () => {
  const aws = await scriptedAws();
  const fn = packagedFunction(aws.url, { NODE_OPTIONS: "--max-old-space-size=24" });
  const huge = (): Response | Misbehaviour =>
    json(200, {
      Username: TELLTALE,
      UserAttributes: [{ Name: "email", Value: TELLTALE }],
      // Few bytes to send and many objects to make of them: it is the memory that ends it, not the deadline.
      Padding: new Array(3_000_000).fill([]),
    });
  try {
    aws.answers = { ...healthy(), [PROFILE]: huge };
    const { failed } = await fn.invoke(signInEvent());
    expect(failed).toBe(true);
    expect(fn.log).toContain("heap out of memory");
    expect(canariesIn(fn.log, SECRETS)).toEqual([]);
    expect(readdirSync(fn.directory).sort()).toEqual(["index.mjs", "user-migration.cjs"]);
  } finally {
    await fn.stop();
    await aws.close();
  }
});
