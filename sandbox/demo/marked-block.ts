/**
 * Puts `content` between `<!-- name -->` and `<!-- /name -->`, each on a line of its own, in place of what is there.
 *
 * @throws {Error} when the page has no such place.
 */
export function withBlock(page: string, name: string, content: string): string {
  const block = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!block.test(page)) throw new Error(`the page has no <!-- ${name} --> block`);
  return page.replace(block, (_, start: string, end: string) => `${start}${content}\n${end}`);
}
