import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserPoolSettings } from "../../../cli/aws/user-pool-settings";
import { Journal } from "../../../cli/import/journal";
import { journalFile } from "../../../cli/import/run-files";
import { type JobRun, runJobs } from "../../../cli/import/run-jobs";
import { type ImportEvent, runState } from "../../../cli/import/run-state";
import type { Place } from "../../../cli/who-and-where";

const FORGED = "mine\nDone.\u202e";
const SHOWN = "mine\\u000aDone.\\u202e (import-1, InProgress)";
const destination = {
  side: { userPoolId: "eu-central-1_Dest0001" },
  aws: {
    cognito: () => ({
      send: async () => ({ UserImportJobs: [{ JobName: FORGED, JobId: "import-1", Status: "InProgress" }] }),
    }),
  },
} as unknown as Place;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cognito-migration-jobs-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("names a job that is in the way on one line, as what locks the settings does", async () => {
  const journal = new Journal(journalFile(directory));
  const counts = { source: 1, destination: 0, alreadyThere: 0, toImport: 1, leftOut: {}, dropped: {} };
  const exported: ImportEvent = {
    event: "exported",
    at: "2026-01-01T00:00:00.000Z",
    counts,
    parts: [{ rows: 1, bytes: 1 }],
  };
  journal.append(exported);
  const context = { signal: new AbortController().signal, now: () => new Date("2026-01-01T01:00:00Z") };
  const run = { userPoolId: "eu-central-1_Dest0001", name: "one", directory, state: runState([]) };
  const props = { context, destination, run, journal, logsRoleArn: "arn:aws:iam::2:role/x" } as unknown as JobRun;
  await expect(runJobs(props)).rejects.toThrow(`is active in this user pool: ${SHOWN}. `);
  journal.close();
  expect(await new UserPoolSettings(destination).runningImport()).toBe(SHOWN);
});
