/** What ATTRIBUTE_EXCLUDE and ATTRIBUTE_MAP say. */
export interface NamingRules {
  readonly attributeExclude: readonly string[];
  /** Source attribute name to destination attribute name. */
  readonly attributeMap: ReadonlyMap<string, string>;
}

export interface NamedAttribute {
  readonly setting: "ATTRIBUTE_EXCLUDE" | "ATTRIBUTE_MAP";
  readonly name: string;
}

/** Every user of every pool has a `sub`. */
const named = (setting: NamedAttribute["setting"], names: Iterable<string>): NamedAttribute[] =>
  [...names].filter((name) => name !== "sub").map((name) => ({ setting, name }));

/**
 * The attributes that each pool's schema must have, because a rule names them. A misspelled rule does nothing, and lets the
 * attribute through that was meant. What the destination has no place for stays behind without a rule: to exclude it is a
 * mistake, too, and all that a plan of the destination can tell by, where the source is somebody else's.
 */
export function namedAttributes({ attributeExclude, attributeMap }: NamingRules): {
  readonly source: readonly NamedAttribute[];
  readonly destination: readonly NamedAttribute[];
} {
  const excluded = named("ATTRIBUTE_EXCLUDE", attributeExclude);
  return {
    source: [...excluded, ...named("ATTRIBUTE_MAP", attributeMap.keys())],
    destination: [...named("ATTRIBUTE_MAP", attributeMap.values()), ...excluded],
  };
}
