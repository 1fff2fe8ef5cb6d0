import { MAX_ROWS } from "../../../../sandbox/aws/user-pool/import-csv";
import { CLIENT, named, PASSWORD, PLAIN, type Subject, seedUser, userPool } from "../../../support/user-pool";

const ROLE = "arn:aws:iam::111111111111:role/import";
const USER = { "cognito:username": "a@example.com", email: "a@example.com", email_verified: "TRUE" };

type Cells = Readonly<Record<string, string>>;

/** A file as somebody would write it: the header, and a line for each user. */
async function csv({ call }: Subject, ...users: Cells[]): Promise<string> {
  const { CSVHeader } = await call("GetCSVHeader");
  return [CSVHeader, ...users.map((user) => CSVHeader.map((column) => user[column] ?? ""))]
    .map((row) => row.join(","))
    .join("\n");
}

async function create(subject: Subject, file?: string): Promise<string> {
  const { UserImportJob } = await subject.call("CreateUserImportJob", {
    JobName: "first",
    CloudWatchLogsRoleArn: ROLE,
  });
  const job = subject.pool.imports.get(UserImportJob.JobId);
  if (file !== undefined) expect(subject.pool.imports.upload(job.JobId, job.uploadKey, file, new Date())).toBe(true);
  return job.JobId;
}

async function ended({ pool, call }: Subject, JobId: string) {
  while (pool.imports.active) await new Promise((resolve) => setImmediate(resolve));
  return (await call("DescribeUserImportJob", { JobId })).UserImportJob;
}

async function run(subject: Subject, file: string) {
  const JobId = await create(subject, file);
  await subject.call("StartUserImportJob", { JobId });
  return ended(subject, JobId);
}

const logged = ({ logs, pool }: Subject, { JobId }: { JobId: string }): string[] =>
  logs.stream(`/aws/cognito/userpools/${pool.id}/customers`, `${JobId}/first`).events.map(({ message }) => message);

test("users arrive without a password, and must reset it", async () => {
  const subject = userPool();
  const job = await run(subject, await csv(subject, USER));
  expect(job).toMatchObject({ Status: "Succeeded", ImportedUsers: 1, SkippedUsers: 0, FailedUsers: 0 });
  expect(subject.pool.users.find("a@example.com")).toMatchObject({
    status: "RESET_REQUIRED",
    attributes: { email: "a@example.com", email_verified: "true" },
  });
  const signIn = {
    ClientId: CLIENT,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "a@example.com", PASSWORD },
  };
  expect(await subject.refusal("InitiateAuth", signIn)).toContain("PasswordResetRequiredException");
});

test("a second run skips who is there, and the log says which lines, and names nobody", async () => {
  const subject = userPool();
  const other = { ...USER, "cognito:username": "b@example.com", email: "b@example.com" };
  await run(subject, await csv(subject, USER));
  const unverified = { "cognito:username": "c@example.com", email: "c@example.com", email_verified: "FALSE" };
  const job = await run(subject, await csv(subject, USER, other, unverified));
  expect(job).toMatchObject({ Status: "Succeeded", ImportedUsers: 1, SkippedUsers: 1, FailedUsers: 1 });
  expect(logged(subject, job)).toEqual([
    "[SKIPPED] Line Number 2 - The user already exists.",
    "[SUCCEEDED] Line Number 3 - The import succeeded.",
    "[FAILED] Line Number 4 - The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).",
  ]);
});

test("dates, commas and spaces are read as AWS writes of them, and columns in any order", async () => {
  const subject = userPool({ ...PLAIN, settings: { AutoVerifiedAttributes: ["email"] } });
  const { CSVHeader } = await subject.call("GetCSVHeader");
  const user: Cells = {
    ...USER,
    "cognito:username": "a",
    birthdate: "12/31/1999",
    address: "1 High Street\\, Ely",
    name: " A B ",
    updated_at: "1700000000",
  };
  const columns = [...CSVHeader].reverse();
  const job = await run(
    subject,
    `${columns.join(",")}\r\n${columns.map((column) => user[column] ?? "").join(",")}\r\n`,
  );
  expect([job.Status, job["ImportedUsers"]]).toEqual(["Succeeded", 1]);
  expect(subject.pool.users.find("a")?.attributes).toMatchObject({
    birthdate: "1999-12-31",
    address: "1 High Street, Ely",
    name: "A B",
    updated_at: "1700000000",
  });
});

test.each<[string, Cells, string]>([
  ["a birthdate as the attribute has it", { birthdate: "1999-12-31" }, "not mm/dd/yyyy"],
  ["an attribute against the schema", { phone_number: "555" }, "Invalid phone number format."],
  ["no username", { "cognito:username": "" }, "no cognito:username"],
  ["a username with a space", { "cognito:username": "a b@example.com" }, "has spaces"],
  ["a username that is no address", { "cognito:username": "a" }, "Username should be email"],
  ["verified without an address", { phone_number_verified: "TRUE" }, "phone_number_verified to true without"],
  ["another MFA than the pool's", { "cognito:mfa_enabled": "yes" }, "MFA configuration"],
  ["one column too many", { name: "a,b" }, "another number of columns"],
  ["a line that is too long", { name: "x".repeat(16_000) }, "too long"],
])("%s fails, and the job goes on", async (_, wrong, message) => {
  const subject = userPool();
  const next = { ...USER, "cognito:username": "b@example.com", email: "b@example.com" };
  const job = await run(subject, await csv(subject, { ...USER, ...wrong }, next));
  expect(job).toMatchObject({ Status: "Succeeded", ImportedUsers: 1, FailedUsers: 1 });
  expect(logged(subject, job)[0]).toContain("[FAILED] Line Number 2 - ");
  expect(logged(subject, job)[0]).toContain(message);
});

test.each([
  ["ON", "FALSE", 0],
  ["ON", "TRUE", 1],
  ["OFF", "TRUE", 0],
  ["OFF", "", 1],
] as const)("with MFA %s, cognito:mfa_enabled %p imports %p users", async (MfaConfiguration, value, count) => {
  const subject = userPool({ settings: { MfaConfiguration } });
  expect(await run(subject, await csv(subject, { ...USER, "cognito:mfa_enabled": value }))).toMatchObject({
    ImportedUsers: count,
  });
});

test("an alias that somebody has fails", async () => {
  const subject = userPool({
    ...PLAIN,
    aliasAttributes: ["email"],
    users: [named("first", { attributes: { email: "a@example.com", email_verified: "true" } })],
  });
  expect(await run(subject, await csv(subject, { ...USER, "cognito:username": "second" }))).toMatchObject({
    FailedUsers: 1,
    SkippedUsers: 0,
  });
});

describe("a whole job fails", () => {
  test.each([
    ["without a column", (file: string) => file.replace("given_name,", "")],
    ["with a foreign column", (file: string) => file.replace("given_name", "first_name")],
  ])("%s in the header", async (_, broken) => {
    const subject = userPool();
    const job = await run(subject, broken(await csv(subject, USER)));
    expect([job.Status, job["ImportedUsers"]]).toEqual(["Failed", 0]);
  });

  test("over 500,000 users", async () => {
    const subject = userPool();
    const job = await run(subject, `${await csv(subject)}\n${"x\n".repeat(MAX_ROWS + 1)}`);
    expect(job).toMatchObject({ Status: "Failed", FailedUsers: 0 });
    expect(subject.pool.users.size).toBe(0);
  });

  test("over 100 MB", async () => {
    const subject = userPool();
    const job = await run(subject, `${await csv(subject, USER)}\n${" ".repeat(100 * 1024 * 1024)}`);
    expect([job.Status, job["ImportedUsers"]]).toEqual(["Failed", 0]);
  });

  test("after too many rows that were not imported, where a test says so", async () => {
    const subject = userPool({ users: [seedUser("a")] });
    subject.pool.imports.failAfter = 1;
    const job = await run(subject, await csv(subject, USER, USER, USER));
    expect(job).toMatchObject({
      Status: "Failed",
      SkippedUsers: 2,
      CompletionMessage: "Too many users have failed or been skipped during the import.",
    });
  });
});

describe("a job does not start", () => {
  test("without a file", async () => {
    const subject = userPool();
    const JobId = await create(subject);
    expect(await subject.refusal("StartUserImportJob", { JobId })).toBe(
      `PreconditionNotMetException: No csv file was uploaded for ${JobId}`,
    );
  });

  test("in a pool without auto-verified attributes", async () => {
    const subject = userPool({ settings: { AutoVerifiedAttributes: [] } });
    const JobId = await create(subject, await csv(subject, USER));
    expect(await subject.refusal("StartUserImportJob", { JobId })).toContain("no auto-verified attributes");
  });

  test("while another one runs in the account", async () => {
    const subject = userPool({}, { busy: true });
    const JobId = await create(subject, await csv(subject, USER));
    expect(await subject.refusal("StartUserImportJob", { JobId })).toContain("PreconditionNotMetException");
  });

  test("twice", async () => {
    const subject = userPool();
    const { JobId } = await run(subject, await csv(subject, USER));
    expect(await subject.refusal("StartUserImportJob", { JobId })).toContain("The job is Succeeded.");
  });
});

test("a job is Created, Pending and InProgress, and a stopped one leaves the rest out", async () => {
  const subject = userPool();
  const { pool, call } = subject;
  const JobId = await create(subject, await csv(subject, USER));
  const status = async () => (await call("DescribeUserImportJob", { JobId })).UserImportJob.Status;
  const seen = [await status()];
  pool.imports.hold();
  await call("StartUserImportJob", { JobId });
  seen.push(await status());
  while ((await status()) === "Pending") await new Promise((resolve) => setImmediate(resolve));
  seen.push(await status());
  await call("StopUserImportJob", { JobId });
  seen.push(await status());
  pool.imports.release();
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toEqual(["Created", "Pending", "InProgress", "Stopped"]);
  expect([await status(), pool.users.size]).toEqual(["Stopped", 0]);
  expect(await subject.refusal("StartUserImportJob", { JobId })).toContain("PreconditionNotMetException");
});

test("a file is taken for a quarter of an hour, at the job's own address only", async () => {
  const subject = userPool();
  const job = subject.pool.imports.get(await create(subject));
  const late = new Date(job.created.getTime() + 16 * 60_000);
  expect(subject.pool.imports.upload(job.JobId, job.uploadKey, "x", late)).toBe(false);
  expect(subject.pool.imports.upload(job.JobId, "guessed", "x", new Date())).toBe(false);
});

test("a job wants a role of the pool's account, and a name that AWS takes", async () => {
  const { refusal } = userPool();
  const request = { JobName: "first", CloudWatchLogsRoleArn: ROLE };
  expect(await refusal("CreateUserImportJob", { JobName: "first" })).toContain("'cloudWatchLogsRoleArn'");
  const foreign = { ...request, CloudWatchLogsRoleArn: ROLE.replace("1111", "2222") };
  expect(await refusal("CreateUserImportJob", foreign)).toContain("InvalidParameterException");
  expect(await refusal("CreateUserImportJob", { ...request, JobName: "a/b" })).toContain("InvalidParameterException");
});

test("jobs are listed newest first, in pages", async () => {
  const { call } = userPool();
  for (const JobName of ["one", "two", "three"])
    await call("CreateUserImportJob", { JobName, CloudWatchLogsRoleArn: ROLE });
  const first = await call("ListUserImportJobs", { MaxResults: 2 });
  const second = await call("ListUserImportJobs", { MaxResults: 2, PaginationToken: first.PaginationToken });
  expect([...first.UserImportJobs, ...second.UserImportJobs].map(({ JobName }) => JobName)).toEqual([
    "three",
    "two",
    "one",
  ]);
  expect(second.PaginationToken).toBeUndefined();
});

test("the header has the pool's own attributes, and a column for hashes where they can be imported", async () => {
  const { CSVHeader } = await userPool().call("GetCSVHeader");
  expect(CSVHeader).toEqual(
    expect.arrayContaining(["cognito:username", "cognito:mfa_enabled", "email", "custom:tier"]),
  );
  expect(CSVHeader).not.toContain("sub");
  expect(CSVHeader).not.toContain("password_hash");
  const hashes = userPool({ passwordHashColumn: true });
  expect((await hashes.call("GetCSVHeader")).CSVHeader).toContain("password_hash");
  expect(await run(hashes, await csv(hashes, USER))).toMatchObject({ ImportedUsers: 1 });
});
