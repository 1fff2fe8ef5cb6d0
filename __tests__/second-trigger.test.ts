import { parse as parseHcl } from "@cdktf/hcl2json";
import * as v from "valibot";
import { decideAttach } from "../cli/attach/decide";
import type { JsonObject } from "../cli/aws/json";
import { decideCutOver } from "../cli/cut-over/decide";
import { decideDetach } from "../cli/detach/decide";
import { applySteps } from "../cli/pool-change/apply";
import type { Snapshot } from "../cli/pool-change/change";
import { linesFor } from "../cli/pool-change/infrastructure-lines";
import { changesOf, planUpdates } from "../cli/pool-change/plan";
import { undoRecordSchema, undoText } from "../cli/pool-change/record";
import type { UserPoolSettings } from "../cli/pool-change/user-pool-settings";
import { CHECKS } from "../cli/preflight/checks";
import { refuseProblems } from "../cli/undo/refuse-problems";
import { commandLines } from "../config/command-lines";
import type * as Triggers from "../rules/triggers";
import { notImitated } from "../sandbox/accounts/own-pools/differences";
import { attachedTo } from "../sandbox/accounts/triggers";
import { callTrigger } from "../sandbox/aws/user-pool/call-trigger";
import { FUNCTION_ARN as OURS } from "./support/preflight";
import { decide, facts, stateOf } from "./support/preflight-findings";
import type { SECOND } from "./support/second-trigger";
import { userPool } from "./support/user-pool";

/** A table with a second row: whoever reads it has to do for that one what is done for the first. */
jest.mock("../rules/triggers", () => {
  const actual = jest.requireActual<typeof Triggers>("../rules/triggers");
  const { SECOND: second } = jest.requireActual<{ SECOND: typeof SECOND }>("./support/second-trigger");
  return {
    ...actual,
    MIGRATION_TRIGGERS: [actual.USER_MIGRATION, second],
    TRIGGERS: [actual.USER_MIGRATION, second, actual.PRE_TOKEN_GENERATION],
  };
});

const THEIRS = "arn:aws:lambda:eu-central-1:222222222222:function:theirs";
const BOTH_OURS = { UserMigration: OURS, PostAuthentication: OURS };

const snapshot = (LambdaConfig: JsonObject = {}): Snapshot => ({
  userPool: { Id: "eu-central-1_Dest0001", Name: "customers", UserPoolTier: "PLUS", LambdaConfig },
  clients: [],
});
const attach = (LambdaConfig?: JsonObject, replace = false) => decideAttach(snapshot(LambdaConfig), OURS, replace);
const detach = (LambdaConfig?: JsonObject) => decideDetach(snapshot(LambdaConfig), OURS);
/** What the pool has once it is so. */
const then = (LambdaConfig: JsonObject, { changes }: ReturnType<typeof attach>) =>
  planUpdates(snapshot(LambdaConfig), changes).steps.map(({ expected }) => expected["LambdaConfig"]);

test("one update attaches both, and leaves other triggers alone", () => {
  expect(then({ PreSignUp: THEIRS }, attach())).toEqual([{ PreSignUp: THEIRS, ...BOTH_OURS }]);
  expect(then({ UserMigration: OURS }, attach({ UserMigration: OURS }))).toEqual([BOTH_OURS]);
  expect(then(BOTH_OURS, attach(BOTH_OURS))).toEqual([]);
});

test("somebody else's is not replaced unasked, whichever it is", () => {
  const config = { PostAuthentication: THEIRS };
  expect(attach(config).problems).toEqual([
    expect.stringMatching(`^The pool has another post authentication trigger: ${THEIRS}`),
  ]);
  expect(attach(config, true).problems).toEqual([]);
  expect(attach({ UserMigration: THEIRS, PostAuthentication: THEIRS }).problems).toHaveLength(2);
});

test("an alias of this function gives way to the function", () => {
  expect(attach({ UserMigration: OURS, PostAuthentication: `${OURS}:live` }).warnings).toEqual([
    expect.stringContaining(`${OURS}:live, a version or alias`),
  ]);
});

describe.each([
  ["detach", detach],
  ["cut-over", (config: JsonObject) => decideCutOver(snapshot(config), OURS)],
])("%s", (_, decision) => {
  test("takes off both in one update", () => {
    const config = { PreSignUp: THEIRS, ...BOTH_OURS };
    expect(then(config, decision(config))).toEqual([{ PreSignUp: THEIRS }]);
  });

  test.each([
    [{ UserMigration: OURS, PostAuthentication: THEIRS }, { PostAuthentication: THEIRS }, "post authentication"],
    [{ UserMigration: THEIRS, PostAuthentication: OURS }, { UserMigration: THEIRS }, "user migration"],
  ])("is not held up by somebody else's: %j", (config, left, name) => {
    const decided = decision(config);
    expect(then(config, decided)).toEqual([left]);
    expect(decided.problems).toEqual([]);
    expect(decided.warnings).toEqual([expect.stringMatching(`^The pool's ${name} trigger is ${THEIRS}, not ${OURS}`)]);
  });

  test("is refused where there are only somebody else's", () => {
    expect(decision({ PostAuthentication: THEIRS }).problems).toHaveLength(1);
    expect(decision({ UserMigration: THEIRS, PostAuthentication: THEIRS }).problems).toHaveLength(2);
  });
});

describe("an update that changes two settings of a pool", () => {
  const planned = planUpdates(snapshot(), attach().changes);
  const apply = async (after: JsonObject, answers = true): Promise<{ said: string[]; updates: number }> => {
    const said: string[] = [];
    let pool = snapshot().userPool;
    let updates = 0;
    await applySteps(planned.steps, {
      port: {
        describe: async () => pool,
        mfaConfig: async () => ({}),
        update: async () => {
          updates += 1;
          pool = { ...pool, LambdaConfig: after };
          if (!answers) throw new Error("lost");
        },
      },
      signal: new AbortController().signal,
      undo: "undo",
      before: [],
      say: (text) => said.push(text),
    }).catch((error: Error) => said.push(`thrown: ${error.message}`));
    return { said, updates };
  };

  test("is sent once", async () => {
    expect(await apply(BOTH_OURS)).toEqual({ updates: 1, said: [expect.stringMatching(/^Updated and read again/)] });
  });

  test("that an earlier run has sent is told once", async () => {
    const stopped = applySteps(planned.steps, {
      port: {} as never,
      signal: AbortSignal.abort(),
      undo: "undo",
      before: changesOf(planned).map(({ target }) => target),
      say: () => undefined,
    });
    await expect(stopped).rejects.toThrow(
      /^Stopped\. Changed by now: user pool eu-central-1_Dest0001 \(customers\)\. /,
    );
  });

  test.each([
    [BOTH_OURS, /the update was made/],
    [{ UserMigration: OURS }, /Somebody has changed/],
    [{ PostAuthentication: OURS }, /Somebody has changed/],
  ])("whose answer was lost has been made when both are there: %j", async (after, said) => {
    expect((await apply(after, false)).said.join("\n")).toMatch(said);
  });
});

describe("undo", () => {
  const record = {
    version: 1,
    id: "1-attach",
    command: "attach",
    account: "222222222222",
    region: "eu-central-1",
    userPoolId: "eu-central-1_Dest0001",
    userPoolName: "customers",
    writtenAt: "2026-01-01T00:00:00.000Z",
    changes: attach({ UserMigration: THEIRS, PostAuthentication: THEIRS }, true).changes,
  };

  test.each(["UserMigration", "PostAuthentication"])("reads a file with %s", (name) => {
    const changes = record.changes.filter(({ path }) => path[1] === name);
    expect(changes).toHaveLength(1);
    expect(v.is(undoRecordSchema, { ...record, changes })).toBe(true);
  });

  test.each([["PreSignUp"], ["UserMigration", "PostAuthentication"], []])("reads none with %j", (...names) => {
    const changes = [{ ...record.changes[0], path: ["LambdaConfig", ...names] }];
    expect(v.is(undoRecordSchema, { ...record, changes })).toBe(false);
  });

  test("says of whatever comes back that it is another's", () => {
    const said = undoText({ ...record, changes: record.changes.slice(1) }, OURS, commandLines());
    expect(said).toContain(`That puts ${THEIRS} back`);
  });

  test("puts no other function back unasked", async () => {
    const config = { UserMigration: OURS, PostAuthentication: OURS };
    const back = attach(config).changes.map((change) => ({ ...change, after: THEIRS }));
    const port = { unsendable: async () => [], runningImport: async () => undefined } as unknown as UserPoolSettings;
    const undo = (replace: boolean, changes = back) =>
      refuseProblems(planUpdates(snapshot(config), changes), port, { replace, lambdaArn: OURS });
    await expect(undo(false, back.slice(1))).rejects.toThrow(
      /another post authentication trigger .* Cognito gives it who signs in, and when\./,
    );
    await expect(undo(false)).rejects.toThrow(/user migration trigger [\s\S]*post authentication trigger/);
    await expect(undo(true)).resolves.toBeUndefined();
  });
});

describe("--print", () => {
  const lines = (printed: Parameters<typeof linesFor>[0], changes = attach({ PreSignUp: THEIRS }).changes) =>
    linesFor(printed, snapshot({ PreSignUp: THEIRS }), changes);

  test("gives Terraform one resource with both", async () => {
    expect((await parseHcl("lines.tf", lines("terraform"))).resource).toEqual({
      aws_cognito_user_pool: { customers: [{ lambda_config: [{ user_migration: OURS, post_authentication: OURS }] }] },
    });
    expect(lines("terraform", detach(BOTH_OURS).changes)).toMatch(
      /# No user_migration any more\.\n +# No post_authentication any more\./,
    );
  });

  test("gives CloudFormation one resource with both, beside the others", () => {
    expect(JSON.parse(lines("cloudformation")).Resources).toEqual({
      CustomersUserPool: {
        Type: "AWS::Cognito::UserPool",
        Properties: { LambdaConfig: { PreSignUp: THEIRS, ...BOTH_OURS } },
      },
    });
  });

  test("gives the CDK a line for each", () => {
    expect(lines("cdk").split("\n").slice(1)).toEqual([
      `(customersUserPool.node.defaultChild as CfnUserPool).addPropertyOverride("LambdaConfig.UserMigration", "${OURS}");`,
      `(customersUserPool.node.defaultChild as CfnUserPool).addPropertyOverride("LambdaConfig.PostAuthentication", "${OURS}");`,
    ]);
  });
});

describe("preflight", () => {
  const results = (destination: JsonObject, source: JsonObject = {}) =>
    decide(
      {
        destination: { ...facts.destination, LambdaConfig: destination },
        source: { ...facts.source, LambdaConfig: source },
      },
      {},
    );

  test("has a check of it, and calls it by its name", () => {
    expect(CHECKS.find(({ id }) => id === "post-authentication-trigger")).toMatchObject({
      theme: "Triggers",
      title: "The destination calls this migration's function for everybody who has signed in",
      otherwise: "Nobody is counted.",
    });
  });

  test.each<[JsonObject, string, string, string]>([
    [BOTH_OURS, "passed", "passed", "passed"],
    [{ UserMigration: OURS }, "passed", "warning", "passed"],
    [{ PostAuthentication: OURS }, "warning", "passed", "passed"],
    [{ UserMigration: OURS, PostAuthentication: `${OURS}:live` }, "passed", "warning", "passed"],
    [{ UserMigration: OURS, PostAuthentication: THEIRS }, "passed", "failed", "warning"],
    [{ ...BOTH_OURS, PreSignUp: OURS }, "passed", "passed", "warning"],
  ])("finds what the destination calls: %j", (config, first, second, others) => {
    const found = results(config);
    const ids = ["migration-trigger", "post-authentication-trigger", "destination-triggers"];
    expect(ids.map((id) => stateOf(found, id))).toEqual([first, second, others]);
  });

  test("finds a source that calls the function itself", () => {
    expect(stateOf(results(BOTH_OURS, { PostAuthentication: OURS }), "source-triggers")).toBe("failed");
    expect(stateOf(results(BOTH_OURS, { PostAuthentication: THEIRS }), "source-triggers")).toBe("warning");
  });
});

describe("the sandbox", () => {
  test("calls the function that the pool has for the event", async () => {
    const called: string[] = [];
    const { pool } = userPool({ lambdaConfig: { UserMigration: "arn:first", PostAuthentication: "arn:second" } });
    const asked = { pool: { ...pool, invokeTrigger: async (arn: string) => called.push(arn) } };
    const call = (source: string) => callTrigger(asked.pool as unknown as typeof pool, source, {});
    for (const source of ["UserMigration_ForgotPassword", "PostAuthentication_Authentication"]) await call(source);
    expect(await call("PreSignUp_SignUp")).toBeUndefined();
    expect(called).toEqual(["arn:first", "arn:second"]);
  });

  test("attaches both, and says what of a described pool gives way", () => {
    expect(attachedTo({ migration: OURS })).toEqual(BOTH_OURS);
    const described = { Id: "id", Name: "name", LambdaConfig: { PreSignUp: "a", PostAuthentication: "b" } };
    expect(notImitated("destination", described as never)).toContain(
      "LambdaConfig: PreSignUp does not run; PostAuthentication gives way to this migration's",
    );
  });
});
