import writeFileAtomic from "write-file-atomic";
import { statusPage } from "./page";
import type { Status } from "./status";

export async function writePage(file: string, status: Status): Promise<void> {
  await writeFileAtomic(file, statusPage(status));
}
