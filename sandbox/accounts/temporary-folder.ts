import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes a folder that goes, at the latest, when this process ends, however it ends. */
export function temporaryFolder(prefix: string) {
  const directory = mkdtempSync(join(tmpdir(), prefix));
  const remove = (): void => {
    rmSync(directory, { recursive: true, force: true });
    process.off("exit", remove);
  };
  process.once("exit", remove);
  return { directory, remove };
}
