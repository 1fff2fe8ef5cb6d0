import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorld, type PaperWorld, type PaperWorldProps } from "../../sandbox/accounts/from-synth";
import { operatorEnvironment, writeCredentials } from "../../sandbox/accounts/operator-environment";
import { type CliUser, userIn } from "./cli-process";
import { ROOT } from "./program";

/** An operator at a terminal: a project folder with settings and credentials for two accounts, and the built program. */
export interface Operator extends CliUser {
  readonly world: PaperWorld;
  /** Has the destination's credentials from now on be those of a role with these permissions and no others. */
  restrictTo(allowed: Readonly<Record<string, readonly string[]>>): void;
  /** In order, as IAM was asked: of user pools, or of whatever begins with `prefix`. */
  calls(prefix?: string): readonly string[];
  /** Below `.cognito-migration`. */
  readonly files: () => readonly string[];
  /** Forgets calls, faults and `.cognito-migration`. */
  forget(): void;
  close(): Promise<void>;
}

/** Opens the sandbox: without users, and with the trigger not attached yet, unless told otherwise. */
export async function openOperator(over: Partial<Omit<PaperWorldProps, "root">> = {}): Promise<Operator> {
  const world = await openWorld({ root: ROOT, users: [], isAttached: false, ...over });
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-operator-"));
  writeCredentials(world, directory);
  const workDirectory = join(directory, ".cognito-migration");
  let forgotten = 0;
  return {
    ...userIn(directory, operatorEnvironment(world, directory)),
    world,
    restrictTo: (allowed) => {
      const { account } = world.destination;
      const Statement = Object.entries(allowed).map(([Resource, Action]) => ({
        Effect: "Allow" as const,
        Action: [...Action],
        Resource,
      }));
      const policies = [{ Version: "2012-10-17" as const, Statement }];
      const operator = world.credentials.issue({ arn: `arn:aws:iam::${account}:role/operator`, account, policies });
      writeCredentials(world, directory, operator);
    },
    calls: (prefix = "cognito-idp:") =>
      world.decisions
        .slice(forgotten)
        .map(({ action }) => action)
        .filter((action) => action.startsWith(prefix)),
    files: () => (existsSync(workDirectory) ? readdirSync(workDirectory, { recursive: true, encoding: "utf8" }) : []),
    forget: () => {
      forgotten = world.decisions.length;
      world.faults.clear();
      writeCredentials(world, directory);
      rmSync(workDirectory, { recursive: true, force: true });
    },
    close: async () => {
      await world.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
