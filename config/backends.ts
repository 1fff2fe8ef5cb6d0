import * as v from "valibot";
import { AN_AWS_REGION, inGroup, nearRegion, oneOf, region, type Setting, text } from "./setting-values";
import type { StackName } from "./stacks";
import { stateFile } from "./state-file";

interface StateOf {
  readonly migration: string;
  readonly stack: StackName;
  /** The project's folder, from where Terraform runs. */
  readonly projectFolder: string;
}

/** A block as Terraform has it: a backend's type, or `cloud`, and what stands in it. */
export interface Block {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Likewise, for what cdktf 0.21 has no property for. */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

type Table = Readonly<Record<string, Setting>>;
type Values<Of extends Table> = { readonly [Name in keyof Of]: v.InferOutput<Of[Name]["schema"]> };

/** One way to keep a state. */
const backend = <const Of extends Table>(one: {
  /** For a list of all of them. */
  readonly about: string;
  /** What it needs to be told. */
  readonly settings: Of;
  readonly required: readonly (keyof Of & string)[];
  /** Terraform itself reads them, too, so they may be there for something else. */
  readonly terraformsOwn?: readonly (keyof Of & string)[];
  /** How the other stack reads it: data source `terraform_remote_state`. */
  read(settings: Values<Of>, of: StateOf): Block;
  /** How a stack keeps it where it is read. */
  keep(read: Block): Block;
}) => one;

/** Every backend, once: STATE_BACKEND's values, their settings, and what the stacks write of them are made from this list. */
export const BACKENDS = {
  local: backend({
    about: "files beside this project",
    settings: {},
    required: [],
    read: (_, { projectFolder, migration, stack }) => ({
      type: "local",
      config: { path: `${projectFolder}/${stateFile(migration, stack)}` },
    }),
    keep: (read) => read,
  }),
  /** https://developer.hashicorp.com/terraform/language/backend/s3 */
  s3: backend({
    about: "an S3 bucket",
    settings: {
      STATE_BUCKET: {
        about: "S3 bucket",
        expected: "an S3 bucket name: 3 to 63 characters of a-z, 0-9, . and -",
        example: "example-terraform-state",
        note: "required with `s3`",
        schema: v.optional(text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)),
      },
      STATE_REGION: {
        about: "Region of the S3 bucket",
        expected: AN_AWS_REGION,
        explain: nearRegion,
        example: "eu-central-1",
        note: "required with `s3`",
        schema: v.optional(region),
      },
      STATE_KEY_PREFIX: {
        about: "Start of the S3 keys; the stack's name and `.tfstate` follow",
        expected: "an S3 key prefix of A-Z, a-z, 0-9 and !_.*'()/-, without a slash at either end",
        example: "cognito-migration/customers",
        note: "`cognito-migration/` and USER_POOL_NAME",
        schema: v.optional(text(/^(?!\/)[\w!.*'()/-]{1,900}(?<!\/)$/)),
      },
    },
    required: ["STATE_BUCKET", "STATE_REGION"],
    read({ STATE_BUCKET: bucket, STATE_REGION: region, STATE_KEY_PREFIX: prefix }, { migration, stack }) {
      const key = `${prefix ?? `cognito-migration/${migration}`}/${stack}.tfstate`;
      return { type: "s3", config: { bucket, region, key } };
    },
    keep: ({ type, config }) => ({ type, config: { ...config, encrypt: true }, overrides: { use_lockfile: true } }),
  }),
  /** https://developer.hashicorp.com/terraform/language/block/terraform#cloud, https://developer.hashicorp.com/terraform/language/backend/remote */
  cloud: backend({
    about: "HCP Terraform workspaces",
    settings: {
      TF_CLOUD_ORGANIZATION: {
        about: "HCP Terraform organization",
        expected: "an organization name of A-Z, a-z, 0-9, - and _",
        example: "example-org",
        note: "required with `cloud`",
        schema: v.optional(text(/^[\w-]{1,90}$/)),
      },
      TF_CLOUD_HOSTNAME: {
        about: "Host of Terraform Enterprise",
        expected: "a host name such as terraform.example.com",
        example: "terraform.example.com",
        note: "app.terraform.io",
        schema: v.optional(text(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i)),
      },
      TF_CLOUD_WORKSPACE_PREFIX: {
        about: "Workspaces are named after it: `<prefix>-source`, `<prefix>-destination`",
        expected: "1 to 78 characters of A-Z, a-z, 0-9, - and _",
        example: "cognito-migration-customers",
        note: "`cognito-migration-` and USER_POOL_NAME",
        schema: v.optional(text(/^[\w-]{1,78}$/)),
      },
    },
    required: ["TF_CLOUD_ORGANIZATION"],
    terraformsOwn: ["TF_CLOUD_ORGANIZATION", "TF_CLOUD_HOSTNAME"],
    read(settings, { migration, stack }) {
      const { TF_CLOUD_ORGANIZATION: organization, TF_CLOUD_HOSTNAME: hostname } = settings;
      const prefix = settings.TF_CLOUD_WORKSPACE_PREFIX ?? `cognito-migration-${migration}`;
      return { type: "remote", config: { organization, hostname, workspaces: { name: `${prefix}-${stack}` } } };
    },
    keep: ({ config }) => ({ type: "cloud", config }),
  }),
};

type BackendName = keyof typeof BACKENDS;
const NAMES = Object.keys(BACKENDS) as readonly BackendName[];

/** Of a union, what all of it has. */
type Merged<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
type BackendSettings = Merged<(typeof BACKENDS)[BackendName]["settings"]>;

export const STATE_SETTINGS = inGroup("State", {
  STATE_BACKEND: {
    about: `Where Terraform keeps its state: ${new Intl.ListFormat("en", { type: "disjunction" }).format(NAMES.map((name) => BACKENDS[name].about))}`,
    ...oneOf(NAMES, "local"),
    example: "s3",
  },
  ...(Object.assign({}, ...NAMES.map((name) => BACKENDS[name].settings)) as BackendSettings),
});

export interface State {
  readonly kind: BackendName;
  readonly settings: Values<BackendSettings>;
}

/** What the settings of the backends must be instead, where one is missing, or is of another backend. */
export function backendProblems(
  kind: BackendName,
  isSet: (name: keyof BackendSettings) => boolean,
): { readonly variable: keyof BackendSettings; readonly expected: string }[] {
  const chosen: { readonly settings: Table; readonly required: readonly string[] } = BACKENDS[kind];
  const names = Object.keys(STATE_SETTINGS).filter((name) => name !== "STATE_BACKEND") as (keyof BackendSettings)[];
  return names.flatMap((variable) => {
    const owners = NAMES.filter((name) => variable in BACKENDS[name].settings);
    const isTerraforms = owners.some((name) => terraformsOwn(name).includes(variable));
    if (chosen.required.includes(variable) && !isSet(variable))
      return [{ variable, expected: `${STATE_SETTINGS[variable].expected}, because STATE_BACKEND is ${kind}` }];
    return owners.includes(kind) || isTerraforms || !isSet(variable)
      ? []
      : [{ variable, expected: `nothing, because STATE_BACKEND is ${kind} and not ${owners.join(" or ")}` }];
  });
}

const terraformsOwn = (name: BackendName): readonly string[] => BACKENDS[name].terraformsOwn ?? [];
