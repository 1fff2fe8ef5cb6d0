import { lackingIn, requiredBy, unknownOfLacking } from "../../rules/required-attributes";
import { schema } from "../support/schema";

const REQUIRED = { required: true };
const POOL = schema(["nickname"], { email: REQUIRED, given_name: REQUIRED });

test("a pool requires what it says, and nothing else", () => {
  expect(requiredBy(POOL)).toEqual(["email", "given_name"]);
  expect(requiredBy(schema(["email"]))).toEqual([]);
});

test.each([
  [{}, ["email", "given_name"]],
  [{ email: "a@b", nickname: "j" }, ["given_name"]],
  [{ email: "a@b", given_name: "" }, ["given_name"]],
  [{ email: "a@b", given_name: " \t" }, ["given_name"]],
  [{ email: "a@b", given_name: "Jane" }, []],
])("%j lacks %j", (attributes, lacking) => {
  expect(lackingIn(attributes, POOL)).toEqual(lacking);
  const [said = ""] = unknownOfLacking(lacking);
  for (const name of ["email", "given_name"]) expect(said.includes(name)).toBe((lacking as string[]).includes(name));
});

test.each([
  [[], undefined],
  [["email"], "requires email, and nothing arrives there"],
  [["email", "given_name"], "requires email and given_name, and nothing arrives there"],
])("of %j it is not known whether Cognito makes the user", (lacking, says) => {
  expect(unknownOfLacking(lacking)).toEqual(says === undefined ? [] : [expect.stringContaining(says)]);
});
