import * as v from "valibot";
import { AN_AWS_REGION, nearRegion, region, text } from "./setting-values";

/** Where Terraform keeps its state. */
export const STATE_SETTINGS = {
  STATE_BACKEND: {
    group: "State",
    about: "Where Terraform keeps its state: files beside this project, an S3 bucket, or HCP Terraform workspaces",
    expected: "one of local, s3, cloud",
    example: "s3",
    note: undefined,
    schema: v.optional(v.picklist(["local", "s3", "cloud"]), "local"),
  },
  STATE_BUCKET: {
    group: "State",
    about: "S3 bucket",
    expected: "an S3 bucket name: 3 to 63 characters of a-z, 0-9, . and -",
    example: "example-terraform-state",
    note: "required with `s3`",
    schema: v.optional(text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)),
  },
  STATE_REGION: {
    group: "State",
    about: "Region of the S3 bucket",
    expected: AN_AWS_REGION,
    explain: nearRegion,
    example: "eu-central-1",
    note: "required with `s3`",
    schema: v.optional(region),
  },
  STATE_KEY_PREFIX: {
    group: "State",
    about: "Start of the S3 keys; the stack's name and `.tfstate` follow",
    expected: "an S3 key prefix of A-Z, a-z, 0-9 and !_.*'()/-, without a slash at either end",
    example: "cognito-migration/customers",
    note: "`cognito-migration/` and USER_POOL_NAME",
    schema: v.optional(text(/^(?!\/)[\w!.*'()/-]{1,900}(?<!\/)$/)),
  },
  TF_CLOUD_ORGANIZATION: {
    group: "State",
    about: "HCP Terraform organization",
    expected: "an organization name of A-Z, a-z, 0-9, - and _",
    example: "example-org",
    note: "required with `cloud`",
    schema: v.optional(text(/^[\w-]{1,90}$/)),
  },
  TF_CLOUD_HOSTNAME: {
    group: "State",
    about: "Host of Terraform Enterprise",
    expected: "a host name such as terraform.example.com",
    example: "terraform.example.com",
    note: "app.terraform.io",
    schema: v.optional(text(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i)),
  },
  TF_CLOUD_WORKSPACE_PREFIX: {
    group: "State",
    about: "Workspaces are named after it: `<prefix>-source`, `<prefix>-destination`",
    expected: "1 to 78 characters of A-Z, a-z, 0-9, - and _",
    example: "cognito-migration-customers",
    note: "`cognito-migration-` and USER_POOL_NAME",
    schema: v.optional(text(/^[\w-]{1,78}$/)),
  },
} as const;
