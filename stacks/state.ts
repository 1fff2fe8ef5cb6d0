import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import {
  App,
  CloudBackend,
  DataTerraformRemoteState,
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  LocalBackend,
  NamedCloudWorkspace,
  NamedRemoteWorkspace,
  S3Backend,
  type TerraformRemoteState,
  type TerraformStack,
} from "cdktf";
import type { Shared, StateBackend } from "../config/deployment";
import type { StackName } from "../config/stacks";
import { stateFile } from "../config/state-file";

type Kept = Pick<Shared, "migration" | "state">;

/**
 * Terraform runs in the folder of the stack that has the path, wherever links lead to; this is the project's folder seen from there. Another
 * depth would be another state, and an empty one.
 */
function localPath(from: TerraformStack, migration: string, of: StackName): string {
  const folder = realPath(resolve(App.of(from).outdir, "stacks", from.node.id));
  return [...relative(folder, process.cwd()).split(sep), stateFile(migration, of)].join("/");
}

const realPath = (path: string): string =>
  existsSync(path) ? realpathSync(path) : join(realPath(dirname(path)), basename(path));

/** Makes `stack` keep its state where the settings say. */
export function keepState(stack: TerraformStack, name: StackName, { migration, state: backend }: Kept): void {
  switch (backend.kind) {
    case "local":
      new LocalBackend(stack, { path: localPath(stack, migration, name) });
      return;
    case "s3": {
      const { bucket, region, keyPrefix } = backend;
      const s3 = new S3Backend(stack, { bucket, region, key: `${keyPrefix}/${name}.tfstate`, encrypt: true });
      // cdktf 0.21 has no property for it. https://developer.hashicorp.com/terraform/language/backend/s3
      s3.addOverride("use_lockfile", true);
      return;
    }
    case "cloud":
      new CloudBackend(stack, {
        ...cloud(backend),
        workspaces: new NamedCloudWorkspace(`${backend.workspacePrefix}-${name}`),
      });
      return;
  }
}

/**
 * Read-only view of another stack's outputs, by the stack's *name*: a reference to the stack itself would make cdktf
 * refuse to deploy one without the other.
 */
export function readState(
  stack: TerraformStack,
  of: StackName,
  { migration, state: backend }: Kept,
): TerraformRemoteState {
  const id = `${of}-state`;
  switch (backend.kind) {
    case "local":
      return new DataTerraformRemoteStateLocal(stack, id, { path: localPath(stack, migration, of) });
    case "s3": {
      const { bucket, region, keyPrefix } = backend;
      return new DataTerraformRemoteStateS3(stack, id, { bucket, region, key: `${keyPrefix}/${of}.tfstate` });
    }
    case "cloud":
      return new DataTerraformRemoteState(stack, id, {
        ...cloud(backend),
        workspaces: new NamedRemoteWorkspace(`${backend.workspacePrefix}-${of}`),
      });
  }
}

function cloud(backend: StateBackend & { kind: "cloud" }): { organization: string; hostname?: string } {
  const { organization, hostname } = backend;
  return hostname === undefined ? { organization } : { organization, hostname };
}
