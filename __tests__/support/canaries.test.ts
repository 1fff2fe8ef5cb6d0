import { canariesIn } from "./canaries";

const SECRET = "Pässword/&=%\"'1 x";

test.each([
  ["as it is", SECRET],
  ["in other letters", SECRET.toUpperCase()],
  ["in JSON", JSON.stringify({ SECRET })],
  [
    "in JSON in JSON",
    JSON.stringify(JSON.stringify({ a: "Pässword" })).replace("Pässword", SECRET.replaceAll('"', '\\"')),
  ],
  ["in ASCII JSON", JSON.stringify(SECRET).replace("ä", "\\u00e4")],
  ["in a URL", `https://example.com/?q=${encodeURIComponent(SECRET)}`],
  ["in a form", new URLSearchParams({ SECRET }).toString()],
  ["in base64", Buffer.from(SECRET).toString("base64")],
  ["in base64url", Buffer.from(SECRET).toString("base64url")],
  ["in hex", Buffer.from(SECRET).toString("hex")],
])("a secret is found %s", (_, text) => {
  expect(canariesIn(`before ${text} after`, [SECRET, "another"])).toEqual([SECRET]);
});

test("what is not there is not found", () => {
  expect(canariesIn("Pässword", [SECRET])).toEqual([]);
});
