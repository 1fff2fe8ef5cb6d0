import type { StackName } from "../../config/stacks";
import { moduleVariables } from "../../dev/docs/module-hcl";
import { ROOT } from "./program";

export const variablesOfModule = (stack: StackName) => moduleVariables(ROOT, stack);

/** A list or a map as the settings write it, by comma or as JSON. */
const items = (text: string): string[] => (text.startsWith("[") ? JSON.parse(text) : text.split(","));
const pairs = (text: string): Record<string, string> =>
  text.startsWith("{") ? JSON.parse(text) : Object.fromEntries(text.split(",").map((pair) => pair.split("=")));

const AS_TYPE: Readonly<Record<string, (text: string) => unknown>> = {
  "${string}": (text) => text,
  "${number}": Number,
  "${bool}": (text) => text === "true",
  "${list(string)}": (text) => (text === "none" ? [] : items(text)),
  "${map(string)}": pairs,
};

/** What one writes into a module block for the same settings. */
export async function moduleArguments(
  stack: StackName,
  settings: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const [, , , , DESTINATION_ACCOUNT = ""] = (settings["DESTINATION_USER_POOL_ARN"] ?? "").split(":");
  const all: Readonly<Record<string, string>> = { DESTINATION_ACCOUNT, ...settings };
  const given = Object.entries(await variablesOfModule(stack)).flatMap(([name, { type }]) => {
    const text = all[name.toUpperCase()];
    return text === undefined ? [] : [[name, AS_TYPE[type]?.(text)] as const];
  });
  return Object.fromEntries(given);
}
