/** `MFA_POLICY` to `mfaPolicy`: a setting has one name, which each language writes its own way. */
export type CamelCase<Name extends string> = Name extends `${infer Word}_${infer Rest}`
  ? `${Lowercase<Word>}${Capitalize<CamelCase<Rest>>}`
  : Lowercase<Name>;

export const camelCase = <Name extends string>(name: Name): CamelCase<Name> =>
  name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()) as CamelCase<Name>;

/** Values of settings or variables, by the names that code has for them. */
export type CamelCased<Values> = {
  readonly [Name in keyof Values & string as CamelCase<Name>]: Values[Name];
};

export const camelCased = <Values extends object>(values: Values): CamelCased<Values> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [camelCase(name), value])) as CamelCased<Values>;
