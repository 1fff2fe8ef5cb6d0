import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StackName } from "../../../config/stacks";
import { Cleanup } from "../../../sandbox/accounts/cleanup";
import type { PlacedFunction } from "../../../sandbox/accounts/serve-function";
import { startWorld } from "../../../sandbox/accounts/start-world";
import type { World } from "../../../sandbox/accounts/world";
import type { FunctionConfiguration } from "../../../sandbox/aws/lambda";
import type { SeedGroup, SeedUser } from "../../../sandbox/aws/user-pool/seed";
import { createCustomerPool, type PoolShape } from "./customer-pool";
import { LiveCloud } from "./live-cloud";
import { type AccountCredentials, type Moto, startMoto } from "./moto";
import { Project } from "./project";
import { type Shim, startShim } from "./shim";
import type { Tools } from "./tools";

export interface UserPoolAt {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly arn: string;
}

export type Shapes = Readonly<Record<StackName, PoolShape>>;

/** One migration between two user pools that exist in the emulator. */
export interface Migration {
  readonly name: string;
  readonly source: UserPoolAt;
  readonly destination: UserPoolAt;
  readonly shapes: Shapes;
  /** What the operator puts into `.env`. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What a world has that the emulator has not, or has otherwise than after a plain attach. */
export interface WorldOver {
  readonly groups?: { readonly [Stack in StackName]?: readonly SeedGroup[] };
  /** Of the destination. */
  readonly lambdaConfig?: Readonly<Record<string, unknown>>;
}

const BY_EMAIL = { usernameAttributes: ["email"], requiredAttributes: ["email"] } as const;

/** What an operator's attribute map is about. */
export const CUSTOM_ATTRIBUTES = { source: ["tier", "legacy"], destination: ["plan", "source_sub"] } as const;

const USUAL: Shapes = {
  source: { ...BY_EMAIL, customAttributes: CUSTOM_ATTRIBUTES.source },
  destination: { ...BY_EMAIL, customAttributes: CUSTOM_ATTRIBUTES.destination },
};

/** moto with two accounts, a shim before it, and folders to run Terraform in. All of it ends with `close`. */
export class Lab {
  private readonly cleanup = new Cleanup();
  private readonly directory = mkdtempSync(join(tmpdir(), "cognito-migration-deep-"));
  readonly live: LiveCloud;

  private constructor(
    private readonly root: string,
    readonly tools: Tools,
    readonly moto: Moto,
    readonly shim: Shim,
  ) {
    this.live = new LiveCloud(moto.url, moto.administratorOf);
    this.cleanup.add(async () => rmSync(this.directory, { recursive: true, force: true }));
    this.cleanup.add(moto.stop);
    this.cleanup.add(shim.close);
  }

  static async open(root: string, tools: Tools): Promise<Lab> {
    const moto = await startMoto(tools.motoServer);
    try {
      return new Lab(root, tools, moto, await startShim(moto.url));
    } catch (error) {
      await moto.stop();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.cleanup.run();
  }

  /** A folder of its own, with the program in it. */
  project(): Project {
    return new Project(this.root, mkdtempSync(join(this.directory, "project-")), this.tools, this.shim.url);
  }

  /** Makes both user pools, as the customer has them before the first deploy. */
  async prepare(
    name: string,
    source: Omit<UserPoolAt, "id" | "arn">,
    destination: Omit<UserPoolAt, "id" | "arn">,
    shapes: Shapes = USUAL,
  ): Promise<Migration> {
    const [from, to] = await Promise.all([
      createCustomerPool(await this.live.cognito(source), `${name}-source`, shapes.source),
      createCustomerPool(await this.live.cognito(destination), `${name}-destination`, shapes.destination),
    ]);
    return {
      name,
      source: { ...source, ...from },
      destination: { ...destination, ...to },
      shapes,
      settings: {
        USER_POOL_NAME: name,
        SOURCE_USER_POOL_ID: from.id,
        SOURCE_ACCOUNT: source.account,
        DESTINATION_USER_POOL_ARN: to.arn,
        ATTRIBUTE_MAP: "sub=custom:source_sub,custom:tier=custom:plan",
        AWS_PROVIDER_VERSION: this.tools.provider.version,
        // hashicorp/aws 5 knows no later runtime.
        ...(this.tools.provider.version.startsWith("5.") ? { LAMBDA_RUNTIME: "nodejs22.x" } : {}),
      },
    };
  }

  credentials({ source, destination }: Migration, stack: StackName): Promise<AccountCredentials> {
    return this.moto.administratorOf(stack === "source" ? source.account : destination.account);
  }

  /** `terraform init` and `apply`. @throws with Terraform's output when either fails. */
  async apply(project: Project, migration: Migration, stack: StackName): Promise<string> {
    const as = await this.credentials(migration, stack);
    let output = "";
    for (const parameters of [["init"], ["apply", "-auto-approve"]]) {
      const outcome = await project.terraform(stack, parameters, as);
      output += outcome.output;
      if (outcome.status !== 0) throw new Error(`terraform ${parameters[0]} in ${stack}:\n${outcome.output}`);
    }
    return output;
  }

  /** Brings what Terraform has deployed to life: environment, role and policies are the emulator's, the zip is the uploaded one. */
  async openWorld(
    project: Project,
    migration: Migration,
    users: readonly SeedUser[],
    { groups = {}, lambdaConfig }: WorldOver = {},
  ): Promise<World> {
    const { source, destination, shapes, name } = migration;
    const directory = mkdtempSync(join(this.directory, "world-"));
    const outputs = await this.outputs(project, migration);
    const [ours, tokens] = [`cognito_migration_${name}`, `cognito_migration_token_${name}`];
    const zips = await this.uploadedZips(project);
    const deployed = await this.live.function(destination, ours, zipOf(zips, ours));
    const token = zips.has(tokens) ? await this.live.function(destination, tokens, zipOf(zips, tokens)) : undefined;
    return startWorld(this.root, directory, {
      source: {
        ...source,
        pool: {
          ...source,
          ...shapes.source,
          name: "source",
          lambdaConfig: {},
          appClients: [await this.live.appClient(source, source, outputs.appClientId)],
          users,
          groups: groups.source ?? [],
        },
      },
      destination: {
        ...destination,
        pool: {
          ...destination,
          ...shapes.destination,
          name: "destination",
          groups: groups.destination ?? [],
          lambdaConfig: lambdaConfig ?? { UserMigration: outputs.lambdaArn },
          appClients: [
            {
              id: "application0000000000000000",
              name: "application",
              explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
              settings: { PreventUserExistenceErrors: "ENABLED" },
            },
          ],
          users: [],
        },
      },
      functions: [placed(deployed), ...(token === undefined ? [] : [placed(token)])],
      findRole: (arn) => this.live.findRole(arn),
      invokePolicy: (arn) => this.live.invokePolicy(destination, arn),
    });
  }

  private async outputs(project: Project, migration: Migration): Promise<{ appClientId: string; lambdaArn: string }> {
    const read = async (stack: StackName, output: string): Promise<string> => {
      const { output: text } = await project.terraform(
        stack,
        ["output", "-raw", output],
        await this.credentials(migration, stack),
      );
      return text.trim();
    };
    return { appClientId: await read("source", "app_client_id"), lambdaArn: await read("destination", "lambda_arn") };
  }

  /** The archive that `aws_lambda_function.filename` names, by the function's name, from the local state: whose credentials they are does not matter. */
  async uploadedZips(project: Project): Promise<ReadonlyMap<string, string>> {
    const { output } = await project.terraform(
      "destination",
      ["state", "pull"],
      await this.moto.administratorOf("000000000000"),
    );
    const { resources } = JSON.parse(output) as {
      resources: { type: string; instances: { attributes: { function_name: string; filename: string } }[] }[];
    };
    const functions = resources.filter(({ type }) => type === "aws_lambda_function");
    return new Map(
      functions.flatMap(({ instances }) =>
        instances.map(({ attributes: { function_name: name, filename } }) => [
          name,
          join(project.stackDirectory("destination"), filename),
        ]),
      ),
    );
  }
}

const placed = (configuration: FunctionConfiguration & { readonly roleArn: string }): PlacedFunction => ({
  configuration,
  roleArn: configuration.roleArn,
});

export function zipOf(zips: ReadonlyMap<string, string>, name: string): string {
  const zip = zips.get(name);
  if (zip === undefined) throw new Error(`the destination's state names no archive of ${name}`);
  return zip;
}
