/**
 * Reads an import file by the rules of
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-csv-header.html, character by
 * character, and shares nothing with what writes it. What the rules do not speak of is refused.
 */
export function readImportFile(bytes: Uint8Array): Record<string, string>[] {
  if (bytes[0] === 0xef && bytes[1] === 0xbb) throw new Error("a byte order mark");
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new Error("the last line has no end");
  const [head = [], ...rows] = lines.map(readLine);
  return rows.map((cells, index) => {
    if (cells.length !== head.length) throw new Error(`row ${index + 1} has ${cells.length} cells, not ${head.length}`);
    return Object.fromEntries(head.map((column, at) => [column, cells[at] ?? ""]));
  });
}

function readLine(line: string): string[] {
  const cells = [""];
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (character === "\\") {
      if (line[at + 1] !== ",") throw new Error("a backslash before something else than a comma");
      cells.push(`${cells.pop()},`);
      at += 1;
    } else if (character === ",") cells.push("");
    else cells.push(cells.pop() + character);
  }
  if (cells.some((cell) => cell.startsWith('"'))) throw new Error("a value in quotation marks");
  return cells.map((cell) => cell.trim());
}
