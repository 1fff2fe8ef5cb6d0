import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, sep } from "node:path";

/** Where the AWS provider comes from. */
export type ProviderSource =
  | { readonly kind: "mirror"; readonly directory: string; readonly version: string; readonly binary: string }
  /** What the operator's own CLI configuration or the registry gives. */
  | { readonly kind: "configured"; readonly version: string };

export interface Tools {
  readonly terraform: string;
  readonly provider: ProviderSource;
  readonly motoServer: string;
  /** Lines for people: what was found, where. */
  readonly report: readonly string[];
}

export interface Missing {
  readonly missing: readonly string[];
}

const SEARCH_SECONDS = 30;

/**
 * Finds Terraform, the AWS provider and moto on this machine. Nothing is assumed about where they lie: PATH for the
 * programs; for the provider what the operator says, then Terraform's own plugin folders, then a search of the disk.
 * `DEEP_PROVIDER_VERSION` takes that version from the operator's CLI configuration, or from the registry.
 */
export function findTools(env: NodeJS.ProcessEnv): Tools | Missing {
  const terraform = versionOf("terraform", ["version", "-json"], /"terraform_version":\s*"([^"]+)"/);
  const moto = which("moto_server");
  const provider = findProvider(env);
  if (terraform === undefined || moto === undefined || provider === undefined) {
    const missing = [
      ...(terraform === undefined ? ["terraform 1.11 or later on PATH"] : []),
      ...(provider === undefined ? ["the provider hashicorp/aws in a plugin folder, or DEEP_PROVIDER_VERSION"] : []),
      ...(moto === undefined ? ["moto_server on PATH (the Python package moto[server])"] : []),
    ];
    return { missing };
  }
  const motoVersion = versionOf(
    "python3",
    ["-c", "import importlib.metadata as m; print(m.version('moto'))"],
    /([\d.]+)/,
  );
  return {
    terraform: terraform.path,
    provider,
    motoServer: moto,
    report: [
      `Terraform      ${terraform.version}`,
      provider.kind === "mirror"
        ? `hashicorp/aws  ${provider.version} from a filesystem mirror, SHA-256 ${sha256(provider.binary)}`
        : `hashicorp/aws  ${provider.version} as configured, or from the registry`,
      `moto           ${motoVersion?.version ?? "of unknown version"}`,
      `Node.js        ${process.version}`,
    ],
  };
}

function findProvider(env: NodeJS.ProcessEnv): ProviderSource | undefined {
  const wanted = env["DEEP_PROVIDER_VERSION"];
  if (wanted) return { kind: "configured", version: wanted };
  const own = [
    env["TF_PLUGIN_CACHE_DIR"],
    join(homedir(), ".terraform.d/plugins"),
    join(homedir(), ".terraform.d/plugin-cache"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
  ];
  for (const directory of own)
    if (directory !== undefined && existsSync(directory)) {
      const found = mirrorIn(directory);
      if (found !== undefined) return found;
    }
  return mirrorIn("/");
}

/** HOST/NAMESPACE/TYPE/VERSION/OS_ARCH/terraform-provider-aws_vVERSION, for this machine. */
function mirrorIn(directory: string): ProviderSource | undefined {
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const pattern = `*/registry.terraform.io/hashicorp/aws/*/${process.platform}_${architecture}/terraform-provider-aws*`;
  const { stdout } = spawnSync(
    "find",
    [
      directory,
      "-xdev",
      "-maxdepth",
      "10",
      "(",
      "-path",
      "/proc",
      "-o",
      "-path",
      "/sys",
      "-o",
      "-name",
      "node_modules",
      "-o",
      "-name",
      ".terraform",
      ")",
      "-prune",
      "-o",
      "-type",
      "f",
      "-path",
      pattern,
      "-print",
    ],
    { encoding: "utf8", timeout: SEARCH_SECONDS * 1000, stdio: ["ignore", "pipe", "ignore"] },
  );
  const byVersion = new Intl.Collator("en", { numeric: true }).compare;
  const binaries = (stdout ?? "").split("\n").filter(Boolean).filter(isTrusted).sort(byVersion);
  const binary = binaries.at(-1);
  if (binary === undefined) return undefined;
  const parts = binary.split(sep);
  const host = parts.lastIndexOf("registry.terraform.io");
  const version = parts[host + 3];
  return version === undefined
    ? undefined
    : { kind: "mirror", directory: parts.slice(0, host).join(sep), version, binary };
}

/** The binary will run as this user: nobody but root and this user may have been able to put it there. */
function isTrusted(path: string): boolean {
  const { uid, mode } = statSync(path);
  const ours = uid === 0 || uid === process.getuid?.();
  const parent = dirname(path);
  return ours && (mode & 0o002) === 0 && (parent === path || isTrusted(parent));
}

function versionOf(
  program: string,
  parameters: string[],
  pattern: RegExp,
): { path: string; version: string } | undefined {
  const path = which(program);
  if (path === undefined) return undefined;
  const { stdout } = spawnSync(path, parameters, {
    encoding: "utf8",
    timeout: 20_000,
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  const version = pattern.exec(stdout ?? "")?.[1];
  return version === undefined ? undefined : { path, version };
}

function which(program: string): string | undefined {
  const path = (process.env["PATH"] ?? "").split(":").map((folder) => join(folder, program));
  return path.find((candidate) => existsSync(candidate));
}

/** In pieces: the provider has 700 MB. */
function sha256(file: string): string {
  const hash = createHash("sha256");
  const buffer = Buffer.alloc(1 << 20);
  const descriptor = openSync(file, "r");
  try {
    for (let length = readSync(descriptor, buffer); length > 0; length = readSync(descriptor, buffer))
      hash.update(buffer.subarray(0, length));
  } finally {
    closeSync(descriptor);
  }
  return hash.digest("hex");
}
