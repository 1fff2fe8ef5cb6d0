import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Deployed, deploy, readStack } from "./deployed";
import { importLogsRole } from "./import-role";
import { synthesize } from "./synthesize";
import { schemaWith } from "./user-pool/schema";
import type { SeedGroup, SeedUser, SeedUserPool } from "./user-pool/seed";
import { startWorld, type Tell, type World } from "./world";

const SOURCE = { account: "111111111111", region: "eu-west-1", userPoolId: "eu-west-1_Source001" } as const;
const DESTINATION = { account: "222222222222", region: "eu-central-1", userPoolId: "eu-central-1_Dest0001" } as const;

const arnOf = ({ account, region, userPoolId }: typeof SOURCE | typeof DESTINATION): string =>
  `arn:aws:cognito-idp:${region}:${account}:userpool/${userPoolId}`;

/** What the operator would put into `.env`. */
const SETTINGS: Readonly<Record<string, string>> = {
  USER_POOL_NAME: "sandbox",
  SOURCE_USER_POOL_ID: SOURCE.userPoolId,
  SOURCE_ACCOUNT: SOURCE.account,
  DESTINATION_USER_POOL_ARN: arnOf(DESTINATION),
  // As pools are that the console makes, and the two here.
  DESTINATION_CASE_SENSITIVE: "false",
  ATTRIBUTE_MAP: "sub=custom:source_sub,custom:tier=custom:plan",
};

/** Users of the source have a second factor if they want one. */
const SOURCE_MFA_CONFIGURATION = "OPTIONAL";

/** Of both pools. */
const USERNAME_ATTRIBUTES = "email";

/** A world whose accounts hold what the program synthesizes, without anyone having applied it. */
export interface PaperWorld extends World {
  readonly deployed: Deployed;
  /** As in an operator's `.env`, with the source's outputs: there is no state to read them from. */
  readonly settings: Readonly<Record<string, string>>;
  /** With which Cognito can log an import into the destination. */
  readonly logsRoleArn: string;
  readonly synthesisMs: number;
}

export interface PaperWorldProps {
  /** The project's root, with build/main.js in it. */
  readonly root: string;
  /** In the source user pool. */
  readonly users: readonly SeedUser[];
  readonly groups?: readonly SeedGroup[];
  /** Whether the trigger is attached to the destination user pool already, as the last step of the deploy. It is unless given. */
  readonly isAttached?: boolean;
  /** Over the sandbox's own. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly tell?: Tell;
  /** How the destination names its users, over the sandbox's own: by e-mail address. */
  readonly destinationNaming?: Pick<SeedUserPool, "usernameAttributes" | "aliasAttributes" | "requiredAttributes">;
}

/**
 * Opens a world with the zip, the function environment and the policies from the synthesized stacks. It lives in one
 * temporary folder and in processes that end with this one.
 */
export async function openWorld({
  root,
  users,
  groups = [],
  isAttached = true,
  settings = {},
  tell = {},
  destinationNaming = {},
}: PaperWorldProps): Promise<PaperWorld> {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-"));
  const remove = (): void => {
    rmSync(directory, { recursive: true, force: true });
    process.off("exit", remove);
  };
  // However this process ends: the processes that it started end with it.
  process.once("exit", remove);
  try {
    const outdir = join(directory, "cdktf.out");
    const synthesisMs = await synthesize(root, outdir, { ...SETTINGS, ...settings });
    const appClientId = newClientId();
    const deployed = deploy(readStack(outdir, "source"), readStack(outdir, "destination"), {
      source: {
        ...SOURCE,
        userPoolArn: arnOf(SOURCE),
        appClientId,
        mfaConfiguration: SOURCE_MFA_CONFIGURATION,
        usernameAttributes: USERNAME_ATTRIBUTES,
      },
      destination: {
        ...DESTINATION,
        userPoolArn: arnOf(DESTINATION),
        schema: schemaWith(destinationNaming.requiredAttributes ?? [USERNAME_ATTRIBUTES], ["plan", "source_sub"]),
        usernameAttributes: (destinationNaming.usernameAttributes ?? [USERNAME_ATTRIBUTES]).join(",") || "none",
      },
    });
    const logsRole = importLogsRole({
      ...DESTINATION,
      userPoolArn: DESTINATION_POOL.arn,
      logGroup: `/aws/cognito/userpools/${DESTINATION_POOL.id}/${DESTINATION_POOL.name}`,
    });
    const roles = [deployed.sourceRole, deployed.lambdaRole, logsRole];
    const world = await startWorld(
      root,
      directory,
      {
        source: { ...SOURCE, pool: sourcePool({ users, groups }, { id: appClientId, ...deployed.appClient }) },
        // The step that the operator takes: the trigger is attached to the destination user pool.
        destination: {
          ...DESTINATION,
          pool: {
            ...DESTINATION_POOL,
            ...destinationNaming,
            lambdaConfig: isAttached ? { UserMigration: deployed.function.arn } : {},
          },
        },
        function: deployed.function,
        functionRoleArn: deployed.lambdaRole.arn,
        reservedConcurrency: deployed.reservedConcurrency,
        logRetentionDays: deployed.logRetentionDays,
        alarms: deployed.alarms,
        findRole: async (arn) => roles.find((role) => role.arn === arn),
        invokePolicy: async () => deployed.invokePolicy,
      },
      tell,
    );
    const close = async (): Promise<void> => {
      await world.close();
      remove();
    };
    const outputs = {
      SOURCE_ROLE_ARN: deployed.sourceRole.arn,
      SOURCE_APP_CLIENT_ID: appClientId,
      SOURCE_MFA_CONFIGURATION,
      SOURCE_USERNAME_ATTRIBUTES: USERNAME_ATTRIBUTES,
    };
    return {
      ...world,
      deployed,
      settings: { ...SETTINGS, ...settings, ...outputs },
      logsRoleArn: logsRole.arn,
      synthesisMs,
      close,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function newClientId(): string {
  return randomBytes(13).toString("hex");
}

function sourcePool(
  people: Pick<SeedUserPool, "users" | "groups">,
  appClient: SeedUserPool["appClients"][number],
): SeedUserPool {
  return {
    id: SOURCE.userPoolId,
    arn: arnOf(SOURCE),
    name: "source",
    customAttributes: ["tier", "legacy"],
    lambdaConfig: {},
    settings: { MfaConfiguration: SOURCE_MFA_CONFIGURATION },
    appClients: [appClient],
    ...people,
  };
}

const DESTINATION_POOL: SeedUserPool = {
  id: DESTINATION.userPoolId,
  arn: arnOf(DESTINATION),
  name: "destination",
  customAttributes: ["plan", "source_sub"],
  lambdaConfig: {},
  // During a migration an application signs in with the password itself: the trigger never fires for SRP.
  appClients: [
    {
      id: newClientId(),
      name: "application",
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      // As the console makes app clients.
      settings: { PreventUserExistenceErrors: "ENABLED" },
    },
  ],
  users: [],
};
