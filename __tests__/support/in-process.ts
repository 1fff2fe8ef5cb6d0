import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command, Context } from "../../cli/program/command";
import { CommandError, EXIT } from "../../cli/program/exit";
import { commandLines } from "../../config/command-lines";
import { parseDeployment } from "../../config/deployment";
import { json, listen, type Response } from "../../sandbox/aws/http";
import { awsError } from "./scripted-aws";

/** What a command of the operator's program has come to. */
export interface Ended {
  readonly status: number;
  /** Everything written, to either stream. */
  readonly text: string;
}

export interface InProcess {
  /** Runs a command without a process of its own. @param args Options that are not at their default. */
  run(command: Command, args?: Readonly<Record<string, unknown>>): Promise<Ended>;
  /** Forgets what commands have left on the disk. */
  forget(): void;
  close(): Promise<void>;
}

const ACCOUNT = "222222222222";
export const POOL_ID = "eu-central-1_Dest0001";
export const POOL_ARN = `arn:aws:cognito-idp:eu-central-1:${ACCOUNT}:userpool/${POOL_ID}`;
export const FUNCTION_ARN = `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:cognito_migration_customers`;

const SETTINGS = {
  USER_POOL_NAME: "customers",
  SOURCE_USER_POOL_ID: "eu-west-1_Source001",
  SOURCE_ACCOUNT: ACCOUNT,
  DESTINATION_USER_POOL_ARN: POOL_ARN,
};

/** As Lambda tells what the destination stack has made. */
const MAY_INVOKE = {
  Version: "2012-10-17",
  Id: "default",
  Statement: [
    {
      Sid: "user-migration-trigger",
      Effect: "Allow",
      Principal: { Service: "cognito-idp.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: FUNCTION_ARN,
      Condition: { StringEquals: { "AWS:SourceAccount": ACCOUNT }, ArnLike: { "AWS:SourceArn": POOL_ARN } },
    },
  ],
};

/** Commands in this process, hundreds in seconds, whose AWS is one loopback server. @param cognito Answers for both pools. */
export async function openInProcess(cognito: (operation: string, body: never) => Response): Promise<InProcess> {
  const endpoint = await listen(async ({ path, headers, body }) => {
    const [, operation] = String(headers["x-amz-target"] ?? "").split(".");
    if (operation !== undefined) return cognito(operation, JSON.parse(body) as never);
    if (path.includes("/policy")) return json(200, { Policy: JSON.stringify(MAY_INVOKE) });
    if (!body.includes("GetCallerIdentity")) return awsError("UnknownOperationException");
    const identity = `<GetCallerIdentityResult><Account>${ACCOUNT}</Account></GetCallerIdentityResult>`;
    const xml = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${identity}</GetCallerIdentityResponse>`;
    return { status: 200, headers: { "content-type": "text/xml" }, body: xml };
  });
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-in-process-"));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "example",
    AWS_CONFIG_FILE: join(directory, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(directory, "credentials"),
  });
  const deployment = parseDeployment(SETTINGS);
  const workDirectory = join(directory, ".cognito-migration");
  let at = Date.parse("2026-11-01T00:00:00Z");
  return {
    run: async (command, args = {}) => {
      const lines: string[] = [];
      const write = (text: string): void => void lines.push(text);
      const context = {
        terminal: {
          print: write,
          report: write,
          say: write,
          isWatched: false,
          hasColour: false,
          columns: 80,
          progressStream: process.stderr,
        },
        root: directory,
        version: "0.0.0",
        codeSha256: async () => "",
        tokenCodeSha256: async () => "",
        workDirectory,
        signal: new AbortController().signal,
        // Undo files are named after it.
        now: () => {
          at += 1000;
          return new Date(at);
        },
        deployment: () => deployment,
        commands: commandLines(),
      } satisfies Context;
      const options = Object.entries(command.options).map(([name, { default: value }]) => [name, value]);
      try {
        const status = await command.run({ ...Object.fromEntries(options), ...args }, context);
        return { status, text: lines.join("\n") };
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        const status = error instanceof CommandError ? error.exitCode : EXIT.AWS_REFUSED;
        return { status, text: [...lines, `${error.name}: ${error.message}`].join("\n") };
      }
    },
    forget: () => rmSync(workDirectory, { recursive: true, force: true }),
    close: async () => {
      await endpoint.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
