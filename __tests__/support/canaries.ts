/** The forms in which a text can come to stand in a log. */
function formsOf(text: string): string[] {
  const base64 = Buffer.from(text).toString("base64").replace(/=+$/, "");
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replaceAll(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return [
    text,
    json,
    ascii,
    encodeURIComponent(text),
    new URLSearchParams({ text }).toString().slice("text=".length),
    encodeURI(text),
    base64,
    base64.replaceAll("+", "-").replaceAll("/", "_"),
    Buffer.from(text).toString("hex"),
  ];
}

/** Which of the secrets stand in a text, whole, however they are written and in either case. */
export function canariesIn(text: string, secrets: readonly string[]): string[] {
  const haystack = text.toLowerCase();
  return secrets.filter((secret) => formsOf(secret).some((form) => haystack.includes(form.toLowerCase())));
}
