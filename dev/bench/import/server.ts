import type { Response } from "../../../sandbox/aws/http";
import { madeUpUser, page } from "../made-up-users";
import type { Served } from "../operator-process";
import { type Body, describe, type Operations, SOURCE_POOL, serveTwoPools } from "../two-pools";

export interface Population {
  readonly source: number;
  /** The first so many of the source have migrated. */
  readonly migrated: number;
}

/** What the server has seen, in milliseconds of its own clock. */
export interface Seen {
  readonly listed: number;
  readonly firstList: number;
  readonly lastList: number;
  readonly uploadedRows: readonly number[];
}

const HEADER =
  "name,email,email_verified,birthdate,zoneinfo,locale,phone_number,phone_number_verified,updated_at,custom:plan,custom:source_sub,cognito:mfa_enabled,cognito:username".split(
    ",",
  );
const LINES_A_PAGE = 10_000;

/**
 * As much of AWS as an import needs: no user is kept. Each job is over as soon as it has
 * begun, and every row of it has succeeded.
 */
export async function startServer(population: Population): Promise<Served<Seen>> {
  const seen = { listed: 0, firstList: 0, lastList: 0, uploadedRows: [] as number[] };
  const jobs: { readonly name: string; rows: number; started: boolean }[] = [];
  let url = "";

  const jobType = (id: number): object => {
    const job = jobs[id];
    const rows = job?.started ? job.rows : 0;
    return {
      UserImportJob: {
        JobId: `import-${id}`,
        JobName: job?.name,
        PreSignedUrl: `${url}/import/${id}`,
        Status: job?.started ? "Succeeded" : "Created",
        ImportedUsers: rows,
        SkippedUsers: 0,
        FailedUsers: 0,
        ...(job?.started ? { StartDate: 1_700_000_000, CompletionDate: 1_700_000_001 } : {}),
      },
    };
  };

  const countIn = (userPoolId: string | undefined): number =>
    userPoolId === SOURCE_POOL ? population.source : population.migrated;
  const idIn = (body: Body): number => Number(/import-(\d+)/.exec(body.JobId ?? body.logStreamName ?? "")?.[1]);
  const operations: Operations = {
    DescribeUserPool: describe(countIn, { AutoVerifiedAttributes: ["email"], MfaConfiguration: "OFF" }),
    GetCSVHeader: () => ({ CSVHeader: HEADER }),
    ListUsers: ({ UserPoolId, PaginationToken }) => {
      const side = UserPoolId === SOURCE_POOL ? "source" : "destination";
      const answer = page(countIn(UserPoolId), PaginationToken, (index) => user(side, index));
      seen.firstList ||= performance.now();
      seen.lastList = performance.now();
      seen.listed += answer.Users.length;
      return answer;
    },
    ListUserImportJobs: () => ({ UserImportJobs: [] }),
    CreateUserImportJob: ({ JobName = "" }) => jobType(jobs.push({ name: JobName, rows: 0, started: false }) - 1),
    StartUserImportJob: (body) => {
      const job = jobs[idIn(body)];
      if (job !== undefined) job.started = true;
      return jobType(idIn(body));
    },
    DescribeUserImportJob: (body) => jobType(idIn(body)),
    GetLogEvents: (body) => {
      const from = Number(body.nextToken ?? 0);
      const to = Math.min(jobs[idIn(body)]?.rows ?? 0, from + LINES_A_PAGE);
      const events = Array.from({ length: to - from }, (_, index) => ({
        timestamp: 1_700_000_000_000,
        message: `[SUCCEEDED] Line Number ${from + index + 2} - The import succeeded.`,
      }));
      return { events, nextForwardToken: String(to) };
    },
  };

  const countRows = (path: string, file: string): Response => {
    // Rows are line breaks, without the header's.
    const rows = file.split("\n").length - 2;
    const job = jobs[Number(path.split("/").at(-1))];
    if (job !== undefined) job.rows = rows;
    seen.uploadedRows.push(rows);
    return { status: 200, headers: {}, body: "" };
  };

  url = (await serveTwoPools(operations, countRows)).url;
  return { url, seen: () => seen };
}

/** Ten attributes, some 900 bytes in all. */
function user(side: "source" | "destination", number: number): object {
  return madeUpUser(side, number, {
    email: `user-${number}@example.com`,
    zoneinfo: "Europe/London",
    phone_number_verified: "false",
    ...(side === "source" ? { "custom:tier": "gold" } : { "custom:plan": "gold" }),
  });
}
