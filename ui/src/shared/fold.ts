// Folding for lists that are filtered in the page (code lists, villages): marks off, đ as d, lower case, single spaces.
// The register itself is searched by the host, which folds by the same rule.
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Every word of the query begins a word of the text, in any order. */
export function matches(text: string, query: string): boolean {
  const words = fold(text).split(' ');
  return fold(query)
    .split(' ')
    .every((part) => words.some((word) => word.startsWith(part)));
}

/** How well a name answers a query: 0 begins with it, 1 each of its words begins a word, 2 holds it, null not at all. */
export function rank(name: string, query: string): 0 | 1 | 2 | null {
  const [text, sought] = [fold(name), fold(query)];
  if (text.startsWith(sought)) return 0;
  if (matches(name, query)) return 1;
  // A letter or two stand in nearly every name.
  return sought.length > 2 && text.includes(sought) ? 2 : null;
}

/** Those that answer the query, the best first; equally good ones keep their order. */
export function ranked<Item>(items: Item[], name: (item: Item) => string, query: string): Item[] {
  return items
    .map((item) => ({ item, rank: rank(name(item), query) }))
    .filter((one) => one.rank !== null)
    .sort((a, b) => Number(a.rank) - Number(b.rank))
    .map((one) => one.item);
}

/** The text cut into parts, those marked that a word of the query begins: `Bùi Thị Mu` for `mu` gives `Bùi Thị `, **`Mu`**. */
export function marked(text: string, query: string): { text: string; hit: boolean }[] {
  const composed = text.normalize('NFC');
  const parts = fold(query).split(' ').filter(Boolean);
  const hits = new Array<boolean>(composed.length).fill(false);
  for (const word of composed.matchAll(/[\p{L}\p{N}]+/gu)) {
    const folded = fold(word[0]);
    const longest = Math.max(0, ...parts.filter((part) => folded.startsWith(part)).map((part) => part.length));
    // One composed letter folds to one letter, so lengths agree.
    hits.fill(true, word.index, word.index + longest);
  }
  const cut: { text: string; hit: boolean }[] = [];
  for (let at = 0; at < composed.length; at++) {
    const last = cut.at(-1);
    if (last && last.hit === hits[at]) last.text += composed[at];
    else cut.push({ text: composed[at] ?? '', hit: Boolean(hits[at]) });
  }
  return cut;
}

/** Initials for an avatar: first word and given name (the last). */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toLocaleUpperCase('vi');
}
