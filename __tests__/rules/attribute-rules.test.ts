import * as v from "valibot";
import { listText, mapText } from "../../rules/attribute-names";
import {
  aliasAttributeList,
  attributeList,
  attributeMap,
  isOwnedByCognito,
  usernameAttributeList,
  usernameAttributeText,
} from "../../rules/attribute-rules";

const parse = <T>(schema: v.GenericSchema<string, T>, text: string): T | undefined => {
  const result = v.safeParse(schema, text);
  return result.success ? result.output : undefined;
};

test("a map is read in order, spaces around names ignored", () => {
  expect([...(parse(attributeMap, "sub=custom:source_sub, custom:tier = custom:plan") ?? [])]).toEqual([
    ["sub", "custom:source_sub"],
    ["custom:tier", "custom:plan"],
  ]);
});

test.each([
  ["custom:a", "no target"],
  ["=custom:a", "no source"],
  ["custom:a=", "an empty target"],
  ["custom:a=custom:b=custom:c", "two targets"],
  ["custom:a=custom:b,", "an empty pair"],
  ["custom:a=custom:x,custom:b=custom:x", "one target twice"],
  ["custom:a=custom:x,custom:a=custom:y", "one source twice"],
  ["custom:mail=email", "an address nobody verified under its name"],
  ["custom:ok=email_verified", "a verified flag from elsewhere"],
  ["custom:ok=phone_number_verified", "a verified flag from elsewhere"],
  ["custom:tel=phone_number", "a number nobody verified under its name"],
  ["custom:a=username", "no attribute"],
  ["custom:a=preferred_username", "a name to sign in with"],
  ["emial=custom:a", "a source that cannot exist"],
  ["x-custom:a=custom:b", "a source that only ends like one"],
  ['{"custom:a":"custom:x","custom:a":"custom:y"}', "one source twice, in JSON"],
  ['{"custom:a":["custom:x"]}', "a target that is no name"],
  ['{"custom:a":1}', "a target that is no name"],
  ['{"custom:a":"custom:x","custom:b":["custom:y"]}', "a target that is no name, after one that is"],
  ['{"sub":"email"}', "an address nobody verified under its name, in JSON"],
  ['{"sub":"custom:x"', "half of an object"],
  ["{}", "an empty object"],
  ["custom:a=sub", "a target that Cognito owns"],
  ["custom:a=identities", "a target that Cognito owns"],
  ["custom:a=cognito:groups", "a target that Cognito owns"],
  ["identities=custom:a", "a source that Cognito owns"],
  ["cognito:user_status=custom:a", "a source that Cognito owns"],
])("refuses the map %p: %s", (text) => {
  expect(parse(attributeMap, text)).toBeUndefined();
});

test("lists are split at commas and trimmed", () => {
  expect(parse(attributeList, "nickname, custom:legacy")).toEqual(["nickname", "custom:legacy"]);
  expect(parse(aliasAttributeList, "email,phone_number")).toEqual(["email", "phone_number"]);
});

test("none is an empty list of aliases, which is not the same as nothing said", () => {
  expect(parse(aliasAttributeList, "none")).toEqual([]);
});

test.each([
  "nickname,,email",
  "nick name",
  "a=b",
  "legacy",
  "Email",
  "emial",
  "custom:",
  `custom:${"x".repeat(21)}`,
  "custom:zero\u200Bwidth",
  "custom:bell\u0007",
  "custom:\uD800",
  "[]",
  "[1]",
  '["nickname"',
  '"nickname"',
  '{"nickname":"nickname"}',
])("refuses %p as a list of attributes", (text) => {
  expect(parse(attributeList, text)).toBeUndefined();
});

/** Of every kind of sign that API_AttributeType takes, and of the shapes that have been mistaken for something else. */
const LEGAL = [
  "custom:größe",
  "custom:tenant:id",
  "custom:a/b",
  "custom:my note",
  "custom:custom:phone",
  "custom:名前",
  "custom:🙂",
  "custom:a=b",
  "custom:a,b",
  'custom:"q"',
  "custom:back\\slash",
  "custom:${var.x}",
  "custom:%{if}",
  "custom:<&>",
  "custom:#1",
  "custom: blanks ",
  "custom:tab\tline\n",
  "custom:__proto__",
  `custom:${"x".repeat(20)}`,
];

test.each(LEGAL)("%j can be left behind and renamed, and is written so that it is read again", (name) => {
  expect(parse(attributeList, JSON.stringify([name, "nickname"]))).toEqual([name, "nickname"]);
  expect(parse(attributeList, listText([name, "nickname"]))).toEqual([name, "nickname"]);
  const map = new Map([
    ["sub", name],
    [name, "custom:other"],
  ]);
  expect(parse(attributeMap, JSON.stringify(Object.fromEntries(map)))).toEqual(map);
  expect(parse(attributeMap, mapText(map))).toEqual(map);
});

test.each([
  [["custom:größe", "custom:my note", "custom:tenant:id"], "custom:größe,custom:my note,custom:tenant:id"],
  [["custom:a,b"], '["custom:a,b"]'],
  [["custom:end "], '["custom:end "]'],
])("%j is written as short as can be", (names, text) => expect(listText(names)).toBe(text));

test.each([
  [{ sub: "custom:größe" }, "sub=custom:größe"],
  [{ sub: "custom:a=b" }, '{"sub":"custom:a=b"}'],
  [{ "custom:a,b": "custom:c" }, '{"custom:a,b":"custom:c"}'],
])("the map %j is written as short as can be", (map, text) => expect(mapText(new Map(Object.entries(map)))).toBe(text));

test("refuses an alias that Cognito does not have", () => {
  expect(parse(aliasAttributeList, "email,nickname")).toBeUndefined();
});

test.each<[string, string, readonly string[]]>([
  ["email", "email", ["email"]],
  ["phone_number", "phone_number", ["phone_number"]],
  ["phone_number, email", "email,phone_number", ["phone_number", "email"]],
  ["email,email", "email", ["email", "email"]],
  ["none", "none", []],
])("what users sign in with instead of a username: %p", (text, written, list) => {
  expect(parse(usernameAttributeList, text)).toEqual(list);
  expect(parse(usernameAttributeText, text)).toBe(written);
});

test.each(["", "preferred_username", "email,none", "email,", "Email", "email;phone_number"])(
  "users cannot sign in with %p instead of a username",
  (text) => {
    expect(parse(usernameAttributeList, text)).toBeUndefined();
    expect(parse(usernameAttributeText, text)).toBeUndefined();
  },
);

test.each(["sub", "identities", "cognito:user_status", "dev:custom:x"])("Cognito owns %s", (name) => {
  expect(isOwnedByCognito(name)).toBe(true);
});

test.each(["email", "custom:sub", "subject", "custom:cognito:x"])("Cognito does not own %s", (name) => {
  expect(isOwnedByCognito(name)).toBe(false);
});
