import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DESTINATION_POOL, openWorld, type PaperWorld } from "../../accounts/from-synth";
import { operatorEnvironment, writeCredentials } from "../../accounts/operator-environment";
import { type People, peopleOf } from "../../accounts/people";
import { temporaryFolder } from "../../accounts/temporary-folder";
import { crowd, type Person } from "./crowd";
import { OperatorTerminal } from "./operator-terminal";
import type { Screen } from "./screen-numbers";
import { type PoolSettings, settingsOfPool } from "./settings-of-pool";

/** What all steps work on: two accounts, the people in them, and an operator. */
export interface Migration {
  readonly world: PaperWorld;
  /** Everybody in the source. */
  readonly people: readonly Person[];
  /** The destination as its users see it. */
  readonly destination: People;
  readonly terminal: OperatorTerminal;
  /** The destination pool before anything was done to it. */
  readonly original: PoolSettings;
  /** `.cognito-migration` of the operator. */
  readonly workDirectory: string;
  /** Passwords of those who can sign in at the destination, by address. */
  readonly arrived: Map<string, string>;
  /** Codes that the destination has sent, in their order. */
  readonly codes: readonly string[];
  /** Screens for the runbook, by name. */
  readonly recordings: Map<string, string>;
  close(): Promise<void>;
}

/** As the runbook's first steps ask for it. */
const SETTINGS = {
  LAMBDA_RESERVED_CONCURRENCY: "10",
  ALARM_TOPIC_ARN: "arn:aws:sns:eu-central-1:222222222222:on-call",
  ATTRIBUTE_EXCLUDE: "custom:legacy",
};

/** Terraform takes an ATTRIBUTE_EXCLUDE only of what the destination has a place for. */
const DESTINATION = { ...DESTINATION_POOL, customAttributes: [...DESTINATION_POOL.customAttributes, "legacy"] };

/** Opens the accounts before the migration: the stacks are there, the trigger is not attached, the application uses SRP. */
export async function openMigration(root: string): Promise<Migration> {
  const people = crowd();
  const codes: string[] = [];
  const world = await openWorld({
    root,
    users: people,
    isAttached: false,
    settings: SETTINGS,
    pools: { destination: DESTINATION },
    tell: { code: (code) => codes.push(code) },
  });
  try {
    return inOperatorsHands(root, world, people, codes);
  } catch (error) {
    await world.close();
    throw error;
  }
}

function inOperatorsHands(root: string, world: PaperWorld, people: readonly Person[], codes: string[]): Migration {
  const { directory, remove } = temporaryFolder("cognito-migration-operator-");
  writeFileSync(join(directory, "cdktf.json"), "{}");
  const terminal = new OperatorTerminal({
    root,
    directory,
    environment: operatorEnvironment(world, directory),
    values: {
      APP_CLIENT_ID: world.destination.clientId,
      LOGS_ROLE_ARN: world.logsRoleArn,
    },
  });
  // However this process ends, and ahead of what removes its folder.
  process.prependOnceListener("exit", () => terminal.kill());
  writeCredentials(world, directory);
  prepare(world, people);
  return {
    world,
    people,
    destination: peopleOf(world.destination),
    terminal,
    original: settingsOfPool(world.destination),
    workDirectory: join(directory, ".cognito-migration"),
    arrived: new Map(),
    codes,
    recordings: new Map(),
    close: async () => {
      await world.close();
      terminal.kill();
      remove();
    },
  };
}

/** Both pools as SECURITY.md asks for them "before you switch it on", with the source's groups. */
function prepare({ source, destination }: PaperWorld, people: readonly Person[]): void {
  const closed = { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }, DeletionProtection: "ACTIVE" } as const;
  source.userPool.settings = { ...source.userPool.settings, ...closed };
  const { userPool, clientId } = destination;
  const EmailConfiguration = {
    EmailSendingAccount: "DEVELOPER",
    SourceArn: "arn:aws:ses:eu-central-1:222222222222:identity/example.com",
  } as const;
  userPool.settings = { ...userPool.settings, ...closed, EmailConfiguration };
  userPool.clients.update(clientId, undefined, {
    ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
    PreventUserExistenceErrors: "ENABLED",
    // Without custom:source_sub: who could write it could be taken for somebody else.
    WriteAttributes: ["email", "given_name", "locale", "phone_number"],
  });
  source.userPool.groups.create("editors", { Description: "May edit", Precedence: 5 });
  source.userPool.groups.create("staff", { Description: "Works here", Precedence: 1 });
  for (const { username, groups } of people) for (const group of groups) source.userPool.groups.add(group, username);
  userPool.groups.create("staff", { Description: "Works here, as the destination puts it", Precedence: 2 });
}

/** Keeps what a command has left on the screen for the runbook, below the command line. */
export function record({ terminal, recordings }: Migration, name: string, line: string, { text }: Screen): void {
  const lines = [`$ ${terminal.filledIn(line)}`, ...text.trimEnd().split("\n")];
  recordings.set(name, lines.map((one) => one.trimEnd()).join("\n"));
}
