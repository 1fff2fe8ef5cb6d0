import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConfirmedPool } from "../../../cli/aws/confirmed-pool";
import { UnusableAnswer } from "../../../cli/aws/unusable-answer";
import type { JobRun } from "../../../cli/import/job-of-part";
import { appendStep } from "../../../cli/import/journal";
import { runJobs } from "../../../cli/import/run-jobs";
import { type ImportEvent, runState } from "../../../cli/import/run-state";
import { UserPoolSettings } from "../../../cli/pool-change/user-pool-settings";

const FORGED = "mine\nDone.\u202e";
const SHOWN = "mine\\u000aDone.\\u202e (import-1, InProgress)";
const destination = {
  side: { userPoolId: "eu-central-1_Dest0001" },
  aws: {
    cognito: () => ({
      send: async () => ({ UserImportJobs: [{ JobName: FORGED, JobId: "import-1", Status: "InProgress" }] }),
    }),
  },
} as unknown as ConfirmedPool;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cognito-migration-jobs-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A run of one part, whose journal has these lines after its first. */
function startRun(aws: object, ...events: readonly ImportEvent[]): JobRun {
  const counts = { source: 1, destination: 0, alreadyThere: 0, toImport: 1, leftOut: {}, dropped: {} };
  const at = "2026-01-01T00:00:00.000Z";
  for (const event of [{ event: "exported" as const, at, counts, parts: [{ rows: 1, bytes: 1 }] }, ...events])
    appendStep(directory, event);
  const context = { signal: new AbortController().signal, now: () => new Date("2026-01-01T01:00:00Z"), terminal: {} };
  const run = { userPoolId: "eu-central-1_Dest0001", name: "one", directory, state: runState([]) };
  return { context, destination: aws, run, logsRoleArn: "arn:aws:iam::2:role/x" } as unknown as JobRun;
}

test.each([
  [{}, "Cognito sent an import job without its id"],
  [{ JobId: "import-1" }, "Cognito sent an import job that has ended as nothing"],
  [{ JobId: "import-1", Status: "Frobnicated" }, "Cognito sent an import job that has ended as Frobnicated"],
])("a job that does not say what is needed is no answer of AWS: %j", async (job, told) => {
  const aws = { ...destination, aws: { cognito: () => ({ send: async () => ({ UserImportJob: job }) }) } };
  const props = startRun(aws, { event: "created", part: 0, jobName: "one", jobId: "import-1" });
  await expect(runJobs(props)).rejects.toThrow(UnusableAnswer);
  await expect(runJobs(props)).rejects.toThrow(told);
});

test("names a job that is in the way on one line, as what locks the settings does", async () => {
  const props = startRun(destination);
  await expect(runJobs(props)).rejects.toThrow(`is active in this user pool: ${SHOWN}. `);
  expect(await new UserPoolSettings(destination).runningImport()).toBe(SHOWN);
});
