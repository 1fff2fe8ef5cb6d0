/** FNV-1a, 31 bits and never 0: enough to tell the two apart that have come to one key. http://www.isthe.com/chongo/tech/comp/fnv/ */
export function fingerprint(text: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return bits >>> 1 || 1;
}
