import { createHmac, randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { exactOptional, type InferOutput, integer, number, type ObjectSchema, object, pipe, string } from "valibot";
import { parseJson } from "../../config/json-text";

/** Where a process runs, as far as the operating system says it. A process id means something there alone. */
const host = {
  host: string(),
  /** A fingerprint, as the id itself is not to be passed on: two machines can have one name. https://man7.org/linux/man-pages/man5/machine-id.5.html */
  machine: exactOptional(string()),
  /** Another one after each boot. https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html */
  boot: exactOptional(string()),
  /** Containers of one name can have one each. https://man7.org/linux/man-pages/man7/pid_namespaces.7.html */
  pidNamespace: exactOptional(string()),
};
export type Host = Readonly<InferOutput<ObjectSchema<typeof host, undefined>>>;

/** `token`: two containers that share a volume often have the same process id, and sometimes the same name. */
const ownerSchema = object({ token: string(), process: pipe(number(), integer()), ...host });
export type Owner = Readonly<InferOutput<typeof ownerSchema>>;

/** This process, as nobody has been before. */
export const newOwner = (): Owner => ({ token: randomUUID(), process: process.pid, ...thisHost() });

export function thisHost(): Host {
  const told = {
    machine: ifThere(() => fingerprint(readFileSync("/etc/machine-id", "utf8").trim())),
    boot: ifThere(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    pidNamespace: ifThere(() => readlinkSync("/proc/self/ns/pid")),
  };
  return { host: hostname(), ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) };
}

const fingerprint = (id: string): string =>
  id && createHmac("sha256", id).update("cognito-migration import lock").digest("base64url");

/** Other systems than Linux have none of these, and some containers lack one. */
function ifThere(read: () => string): string | undefined {
  try {
    return read() || undefined;
  } catch {
    return undefined;
  }
}

/** @returns undefined for what is no lock of ours. */
export function ownerIn(text: string): Owner | undefined {
  const parsed = parseJson(ownerSchema, text);
  return "value" in parsed ? parsed.value : undefined;
}

/** Whether it is certain that the process is gone: it was one of an earlier boot of this machine, or could be seen from here. */
export function isGone(owner: Owner | undefined, here: Host): boolean {
  if (owner === undefined || owner.host !== here.host || owner.machine !== here.machine) return false;
  if (owner.boot !== here.boot)
    return here.machine !== undefined && owner.boot !== undefined && here.boot !== undefined;
  if (owner.pidNamespace !== here.pidNamespace) return false;
  try {
    process.kill(owner.process, 0);
    return false;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
