import * as v from "valibot";
import {
  aliasAttributeList,
  attributeList,
  attributeMap,
  isOwnedByCognito,
  usernameAttributeList,
  usernameAttributeText,
} from "../../config/attribute-rules";

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
  ['custom:a=custom:b"c', "a name that Terraform would read"],
  ["custom:a=custom:${path.module}", "a name that Terraform would read"],
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

test.each(["nickname,,email", "nick name", "a=b", "legacy", "Email", "emial", "custom:", "custom:a b", "custom:${x}"])(
  "refuses %p as a list of attributes",
  (text) => {
    expect(parse(attributeList, text)).toBeUndefined();
  },
);

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
