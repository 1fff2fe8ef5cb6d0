import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import {
  App,
  CloudBackend,
  NamedCloudWorkspace,
  TerraformBackend,
  TerraformRemoteState,
  type TerraformStack,
} from "cdktf";
import type { Construct } from "constructs";
import { BACKENDS, type Block } from "../config/backends";
import type { Shared } from "../config/deployment";
import type { StackName } from "../config/stacks";

type Kept = Pick<Shared, "migration" | "state">;

/**
 * Terraform runs in the folder of the stack that has the path, wherever links lead to; this is the project's folder seen from there. Another
 * depth would be another state, and an empty one.
 */
function projectFolder(from: TerraformStack): string {
  const folder = realPath(resolve(App.of(from).outdir, "stacks", from.node.id));
  return relative(folder, process.cwd()).split(sep).join("/");
}

const realPath = (path: string): string =>
  existsSync(path) ? realpathSync(path) : join(realPath(dirname(path)), basename(path));

export function keepState(stack: TerraformStack, name: StackName, { migration, state }: Kept): void {
  const { read, keep } = BACKENDS[state.kind];
  const kept = keep(read(state.settings, { migration, stack: name, projectFolder: projectFolder(stack) }));
  const { overrides = {}, ...block } = kept;
  const backend = block.type === "cloud" ? cloudBlock(stack, block) : new Backend(stack, block);
  for (const [property, value] of Object.entries(overrides)) backend.addOverride(property, value);
}

/**
 * Read-only view of another stack's outputs, by the stack's *name*: a reference to the stack itself would make cdktf
 * refuse to deploy one without the other.
 */
export function readState(stack: TerraformStack, of: StackName, { migration, state }: Kept): TerraformRemoteState {
  const from = { migration, stack: of, projectFolder: projectFolder(stack) };
  return new RemoteState(stack, `${of}-state`, BACKENDS[state.kind].read(state.settings, from));
}

/** cdktf has a class for each backend, which all do this. */
class Backend extends TerraformBackend {
  constructor(
    stack: TerraformStack,
    private readonly block: Block,
  ) {
    super(stack, "backend", block.type);
  }

  protected override synthesizeAttributes(): Block["config"] {
    return this.block.config;
  }

  override getRemoteStateDataSource(scope: Construct, id: string): TerraformRemoteState {
    return new RemoteState(scope, id, this.block);
  }
}

class RemoteState extends TerraformRemoteState {
  constructor(scope: Construct, id: string, { type, config }: Block) {
    super(scope, id, type, config);
  }
}

/** To Terraform it is no backend, but a block beside them. */
function cloudBlock(stack: TerraformStack, { config }: Block): CloudBackend {
  const { organization, hostname, workspaces } = config as {
    readonly organization: string;
    readonly hostname?: string;
    readonly workspaces: { readonly name: string };
  };
  const host = hostname === undefined ? {} : { hostname };
  return new CloudBackend(stack, { organization, ...host, workspaces: new NamedCloudWorkspace(workspaces.name) });
}
